package dev.partyline.junit5;

import java.lang.annotation.Annotation;
import java.lang.reflect.Field;
import java.lang.reflect.Parameter;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/**
 * A field or parameter under one of our annotations, as errors and reports name it.
 *
 * @param annotation the annotation
 * @param kind {@code field} or {@code parameter}
 * @param name its name in the source, or what stands for it
 * @param type its type
 * @param home the class in which it stands
 */
record InjectionPoint(
    Class<? extends Annotation> annotation,
    String kind,
    String name,
    Class<?> type,
    Class<?> home) {
  private static final String PARAMETER = "parameter";

  static InjectionPoint of(Class<? extends Annotation> annotation, Field field) {
    return new InjectionPoint(
        annotation, "field", field.getName(), field.getType(), field.getDeclaringClass());
  }

  static InjectionPoint of(Class<? extends Annotation> annotation, Parameter parameter) {
    Class<?> home = parameter.getDeclaringExecutable().getDeclaringClass();
    return new InjectionPoint(
        annotation, PARAMETER, parameter.getName(), parameter.getType(), home);
  }

  boolean isParameter() {
    return kind.equals(PARAMETER);
  }

  /** Rejects a type that is none of these. */
  void requireType(Class<?>... wanted) {
    List<Class<?>> all = List.of(wanted);
    if (!all.contains(type)) {
      String names = all.stream().map(Class::getSimpleName).collect(Collectors.joining(" or "));
      throw wrong("must be of type " + names + ", but is " + type.getTypeName());
    }
  }

  /** Returns what follows the message that something was not found by its name. */
  String hintOnNames() {
    return isParameter() && name.matches("arg\\d+")
        ? "; names of parameters are known only in tests compiled with javac -parameters, and these"
            + " seem not to be (Maven: <parameters>true</parameters> of maven-compiler-plugin)"
        : "";
  }

  /** Returns the error that this element breaks a rule. */
  ExtensionConfigurationException wrong(String rule) {
    return new ExtensionConfigurationException(this + " " + rule);
  }

  /** Returns the error that nothing can be made of this element, and why. */
  ExtensionConfigurationException failed(RuntimeException why) {
    return new ExtensionConfigurationException(this + ": " + why.getMessage(), why);
  }

  @Override
  public String toString() {
    return "@" + annotation.getSimpleName() + " " + kind + " [" + name + "]";
  }
}
