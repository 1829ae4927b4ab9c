package dev.partyline.junit5.internal;

import dev.partyline.filter.Filter;
import dev.partyline.filter.FilterException;
import dev.partyline.filter.Flow;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * What the annotations of a test or a class, and the parameters of the run, say about leaks.
 *
 * @param enabled whether leaks fail the test or class
 * @param parallel whether other tests may run at the same time
 * @param filters which sockets may stay open
 */
public record LeakOptions(boolean enabled, boolean parallel, List<Filter> filters) {
  private static final String LEAKS_PARAMETER = "partyline.leaks";
  private static final String IGNORING_PARAMETER = "partyline.leaks.ignoring";
  private static final String PARALLEL_PARAMETER = "junit.jupiter.execution.parallel.enabled";

  /**
   * Reads them for a context, from the annotations on it and on all around it.
   *
   * @param ignoring returns the filter of an annotation, which may be blank
   */
  public static <A extends Annotation> LeakOptions of(
      ExtensionContext context, Class<A> annotationType, Function<A, String> ignoring) {
    List<Filter> filters = new ArrayList<>();
    boolean enabled = isEnabledForAll(context);
    boolean isolated = false;
    for (ExtensionContext current : ContextChain.of(context).toList()) {
      Optional<AnnotatedElement> element = current.getElement();
      Optional<A> annotation = AnnotationSupport.findAnnotation(element, annotationType);
      if (annotation.isPresent()) {
        enabled = true;
        InjectionPoint injectionPoint = InjectionPoint.of(annotationType, element.orElseThrow());
        add(injectionPoint + " has ignoring", ignoring.apply(annotation.get()), filters);
      }
      isolated |= AnnotationSupport.isAnnotated(element, Isolated.class);
    }
    if (enabled) {
      context
          .getConfigurationParameter(IGNORING_PARAMETER)
          .ifPresent(text -> add(IGNORING_PARAMETER, text, filters));
    }
    boolean parallel =
        context
            .getConfigurationParameter(PARALLEL_PARAMETER)
            .filter(Boolean::parseBoolean)
            .isPresent();
    return new LeakOptions(enabled, parallel && !isolated, filters);
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

  private static void add(String source, String expression, List<Filter> filters) {
    if (expression.isBlank()) {
      // A blank filter would match everything.
      return;
    }
    try {
      filters.add(Filter.parse(expression));
    } catch (FilterException e) {
      throw new ExtensionConfigurationException(
          source + " = \"" + expression + "\", but " + e.getMessage(), e);
    }
  }

  boolean ignores(Flow flow) {
    return filters.stream().anyMatch(filter -> filter.matches(flow));
  }
}
