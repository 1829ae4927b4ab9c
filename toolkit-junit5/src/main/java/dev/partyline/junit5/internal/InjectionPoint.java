package dev.partyline.junit5.internal;

import java.lang.annotation.Annotation;
import java.lang.reflect.Field;
import java.lang.reflect.Parameter;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/**
 * A field or parameter under one of our annotations, as errors and reports name it.
 *
 * @param annotationType the annotation
 * @param kind {@code field} or {@code parameter}
 * @param name its name in the source, or what stands for it
 * @param type its type
 * @param declaringClass the class in which it stands
 */
public record InjectionPoint(
    Class<? extends Annotation> annotationType,
    String kind,
    String name,
    Class<?> type,
    Class<?> declaringClass) {
  private static final String PARAMETER = "parameter";

  public static InjectionPoint of(Class<? extends Annotation> annotationType, Field field) {
    return new InjectionPoint(
        annotationType, "field", field.getName(), field.getType(), field.getDeclaringClass());
  }

  public static InjectionPoint of(Class<? extends Annotation> annotationType, Parameter parameter) {
    Class<?> declaringClass = parameter.getDeclaringExecutable().getDeclaringClass();
    return new InjectionPoint(
        annotationType, PARAMETER, parameter.getName(), parameter.getType(), declaringClass);
  }

  boolean isParameter() {
    return kind.equals(PARAMETER);
  }

  /** Rejects a type that is none of these. */
  public void requireType(Class<?>... allowedTypes) {
    List<Class<?>> all = List.of(allowedTypes);
    if (!all.contains(type)) {
      String names = all.stream().map(Class::getSimpleName).collect(Collectors.joining(" or "));
      throw configurationError("must be of type " + names + ", but is " + type.getTypeName());
    }
  }

  /** Returns what follows the message that something was not found by its name. */
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

  /** Returns the error that nothing can be made of this element, and why. */
  public ExtensionConfigurationException configurationError(RuntimeException cause) {
    return new ExtensionConfigurationException(this + ": " + cause.getMessage(), cause);
  }

  @Override
  public String toString() {
    return "@" + annotationType.getSimpleName() + " " + kind + " [" + name + "]";
  }
}
