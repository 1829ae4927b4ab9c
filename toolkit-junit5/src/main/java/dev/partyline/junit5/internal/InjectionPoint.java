package dev.partyline.junit5.internal;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/**
 * A field, parameter, method or class with one of our annotations, as errors and reports name it.
 *
 * @param annotationType the annotation
 * @param kind {@code field}, {@code parameter}, {@code method} or {@code class}
 * @param name its name in the source, or {@code arg0} and so on
 * @param type its type
 * @param declaringClass the class that declares it
 */
public record InjectionPoint(
    Class<? extends Annotation> annotationType,
    String kind,
    String name,
    Class<?> type,
    Class<?> declaringClass) {
  private static final String PARAMETER = "parameter";

  /** Makes one of a field, a parameter, a method or a class. */
  public static InjectionPoint of(
      Class<? extends Annotation> annotationType, AnnotatedElement element) {
    if (element instanceof Field field) {
      return new InjectionPoint(
          annotationType, "field", field.getName(), field.getType(), field.getDeclaringClass());
    }
    if (element instanceof Parameter parameter) {
      return new InjectionPoint(
          annotationType,
          PARAMETER,
          parameter.getName(),
          parameter.getType(),
          parameter.getDeclaringExecutable().getDeclaringClass());
    }
    if (element instanceof Method method) {
      return new InjectionPoint(
          annotationType,
          "method",
          method.getName(),
          method.getReturnType(),
          method.getDeclaringClass());
    }
    Class<?> type = (Class<?>) element;
    return new InjectionPoint(annotationType, "class", type.getSimpleName(), type, type);
  }

  boolean isParameter() {
    return kind.equals(PARAMETER);
  }

  /** Checks that it has one of these types. */
  public void requireType(Class<?>... allowedTypes) {
    List<Class<?>> all = List.of(allowedTypes);
    if (!all.contains(type)) {
      String names = all.stream().map(Class::getSimpleName).collect(Collectors.joining(" or "));
      throw configurationError("must be of type " + names + ", but is " + type.getTypeName());
    }
  }

  /** Returns what follows the message that a name was not found. */
  String parameterNameHint() {
    return isParameter() && name.matches("arg\\d+")
        ? "; names of parameters are known only in tests compiled with javac -parameters, and these"
            + " seem not to be (Maven: <parameters>true</parameters> of maven-compiler-plugin)"
        : "";
  }

  /** Returns the error that this element breaks a rule. */
  public ExtensionConfigurationException configurationError(String rule) {
    return new ExtensionConfigurationException(this + " " + rule);
  }

  /** Returns the error that this element breaks a rule because of something else. */
  ExtensionConfigurationException configurationError(String rule, RuntimeException cause) {
    return new ExtensionConfigurationException(this + " " + rule, cause);
  }

  /** Returns the error that the endpoint for this element could not be made, and why. */
  public ExtensionConfigurationException configurationError(RuntimeException cause) {
    return new ExtensionConfigurationException(this + ": " + cause.getMessage(), cause);
  }

  @Override
  public String toString() {
    return "@" + annotationType.getSimpleName() + " " + kind + " [" + name + "]";
  }
}
