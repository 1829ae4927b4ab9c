package dev.partyline.junit5.internal.leaks;

import dev.partyline.junit5.internal.jupiter.ContextChain;
import dev.partyline.junit5.internal.jupiter.InjectionPoint;
import dev.partyline.netstat.OpenSocket;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * What the annotations of a test or a class, and the parameters of the run, say about leaks.
 *
 * @param enabled whether leaks fail the test or class
 * @param ofMethod whether the method of the test has an annotation itself
 * @param afterAll whether the leaks of tests fail the class, when it has ended
 * @param unknownTests whether tests that are not checked may run at the same time
 * @param filters what may stay open
 */
public record LeakOptions(
    boolean enabled,
    boolean ofMethod,
    boolean afterAll,
    boolean unknownTests,
    List<LeakFilter> filters) {
  private static final String LEAKS_PARAMETER = "partyline.leaks";
  private static final String IGNORING_PARAMETER = "partyline.leaks.ignoring";
  private static final String PARALLEL_PARAMETER = "junit.jupiter.execution.parallel.enabled";

  /**
   * Reads them for a context, from the annotations on it and on all around it.
   *
   * @param ignoring returns the filter of an annotation, which may be blank
   * @param isAfterAll returns whether an annotation wants its class to be checked as a whole
   */
  public static <A extends Annotation> LeakOptions of(
      ExtensionContext context,
      Class<A> annotationType,
      Function<A, String> ignoring,
      Predicate<A> isAfterAll) {
    List<LeakFilter> filters = new ArrayList<>();
    boolean allEnabled = isEnabledForAll(context);
    boolean enabled = allEnabled;
    boolean ofMethod = false;
    boolean afterAll = false;
    boolean isolated = false;
    for (ExtensionContext current : ContextChain.of(context).toList()) {
      Optional<AnnotatedElement> element = current.getElement();
      Optional<A> annotation = AnnotationSupport.findAnnotation(element, annotationType);
      if (annotation.isPresent()) {
        enabled = true;
        ofMethod |= current.getTestMethod().isPresent();
        InjectionPoint injectionPoint = InjectionPoint.of(annotationType, element.orElseThrow());
        filters.add(
            LeakFilter.parse(injectionPoint + " has ignoring", ignoring.apply(annotation.get())));
        afterAll |= isAfterAll.test(annotation.get());
        if (afterAll && current.getTestMethod().isPresent()) {
          throw new ExtensionConfigurationException(
              injectionPoint
                  + " has check = AFTER_ALL, but only a class can be checked after all its tests:"
                  + " put it on the class");
        }
      }
      isolated |= AnnotationSupport.isAnnotated(element, Isolated.class);
    }
    if (enabled) {
      context
          .getConfigurationParameter(IGNORING_PARAMETER)
          .ifPresent(text -> filters.add(LeakFilter.parse(IGNORING_PARAMETER, text)));
    }
    boolean parallel =
        context
            .getConfigurationParameter(PARALLEL_PARAMETER)
            .filter(Boolean::parseBoolean)
            .isPresent();
    return new LeakOptions(
        enabled, ofMethod, afterAll, parallel && !isolated && !allEnabled, filters);
  }

  private static boolean isEnabledForAll(ExtensionContext context) {
    String value = context.getConfigurationParameter(LEAKS_PARAMETER).orElse("annotated");
    return switch (value) {
      case "fail" -> true;
      case "annotated" -> false;
      default ->
          throw new ExtensionConfigurationException(
              LEAKS_PARAMETER + " (" + value + ") must be 'fail' or 'annotated'");
    };
  }

  boolean ignores(OpenSocket socket) {
    return filters.stream().anyMatch(filter -> filter.matches(socket));
  }
}
