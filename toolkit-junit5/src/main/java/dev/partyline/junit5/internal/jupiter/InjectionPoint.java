package dev.partyline.junit5.internal.jupiter;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/**
 * A field, parameter, method or class with one of our annotations, as errors and reports name it.
 *
 * @param annotationType the annotation
 * @param element a field, a parameter, a method or a class
 */
public record InjectionPoint(Class<? extends Annotation> annotationType, AnnotatedElement element) {

  /** Makes one of a field, a parameter, a method or a class. */
  public static InjectionPoint of(
      Class<? extends Annotation> annotationType, AnnotatedElement element) {
    return new InjectionPoint(annotationType, element);
  }

  /** Returns its name in the source, or {@code arg0} and so on. */
  public String name() {
    if (element instanceof Field field) {
      return field.getName();
    }
    if (element instanceof Parameter parameter) {
      return parameter.getName();
    }
    return element instanceof Method method
        ? method.getName()
        : ((Class<?>) element).getSimpleName();
  }

  /** Returns its type; that of the result of a method. */
  public Class<?> type() {
    if (element instanceof Field field) {
      return field.getType();
    }
    if (element instanceof Parameter parameter) {
      return parameter.getType();
    }
    return element instanceof Method method ? method.getReturnType() : (Class<?>) element;
  }

  /** Returns the class that declares it; a class itself. */
  public Class<?> declaringClass() {
    if (element instanceof Field field) {
      return field.getDeclaringClass();
    }
    if (element instanceof Parameter parameter) {
      return parameter.getDeclaringExecutable().getDeclaringClass();
    }
    return element instanceof Method method ? method.getDeclaringClass() : (Class<?>) element;
  }

  private String kind() {
    if (element instanceof Field) {
      return "field";
    }
    if (isParameter()) {
      return "parameter";
    }
    return element instanceof Method ? "method" : "class";
  }

  public boolean isParameter() {
    return element instanceof Parameter;
  }

  /** Checks that it has one of these types. */
  public void requireType(Class<?>... allowedTypes) {
    List<Class<?>> all = List.of(allowedTypes);
    if (!all.contains(type())) {
      String names = all.stream().map(Class::getSimpleName).collect(Collectors.joining(" or "));
      throw configurationError("must be of type " + names + ", but is " + type().getTypeName());
    }
  }

  /** Returns what follows the message that a name was not found: what may be meant by it. */
  String hint(String reference) {
    if (!(element instanceof Parameter parameter)) {
      return "";
    }
    if (name().matches("arg\\d+")) {
      return "; names of parameters are known only in tests compiled with javac -parameters, and"
          + " these seem not to be (Maven: <parameters>true</parameters> of maven-compiler-plugin)";
    }
    List<String> names =
        Stream.of(parameter.getDeclaringExecutable().getParameters())
            .map(Parameter::getName)
            .toList();
    int position = names.indexOf(reference);
    if (position == -1) {
      return "";
    }
    if (position == names.indexOf(name())) {
      return "; it is this parameter itself";
    }
    return position > names.indexOf(name())
        ? "; it is a later parameter, which is not there yet: put it before this one"
        : "; the parameter of that name has no listener, tap or port of ours";
  }

  /** Returns the error that this element breaks a rule. */
  public ExtensionConfigurationException configurationError(String rule) {
    return new ExtensionConfigurationException(this + " " + rule);
  }

  /** Returns the error that this element breaks a rule because of something else. */
  public ExtensionConfigurationException configurationError(String rule, RuntimeException cause) {
    return new ExtensionConfigurationException(this + " " + rule, cause);
  }

  /** Returns the error that the endpoint for this element could not be made, and why. */
  public ExtensionConfigurationException configurationError(RuntimeException cause) {
    return new ExtensionConfigurationException(this + ": " + cause.getMessage(), cause);
  }

  @Override
  public String toString() {
    return "@" + annotationType.getSimpleName() + " " + kind() + " [" + name() + "]";
  }
}
