package dev.partyline.junit5.internal.hunt;

import dev.partyline.junit5.internal.jupiter.InjectionPoint;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;

/** An annotation that has a test run many times, and has to be the only one that has it run. */
public final class SoleAnnotation {
  private SoleAnnotation() {}

  /**
   * Returns whether a method has an annotation of ours.
   *
   * @throws org.junit.jupiter.api.extension.ExtensionConfigurationException if it has another one
   *     that makes it a test
   */
  public static boolean isOn(Method method, Class<? extends Annotation> type) {
    if (!AnnotationSupport.isAnnotated(method, type)) {
      return false;
    }
    List<Class<? extends Annotation>> all =
        Arrays.stream(method.getAnnotations())
            .<Class<? extends Annotation>>map(Annotation::annotationType)
            .filter(each -> AnnotationSupport.isAnnotated(each, Testable.class))
            .toList();
    if (all.size() > 1) {
      throw InjectionPoint.of(type, method)
          .configurationError(
              "has "
                  + all.stream()
                      .map(each -> "@" + each.getSimpleName())
                      .collect(Collectors.joining(" and "))
                  + ", each of which has it run in its own way; it must have one of them alone");
    }
    return true;
  }
}
