package dev.partyline.junit5.internal;

import dev.partyline.filter.Filter;
import dev.partyline.filter.FilterException;
import dev.partyline.filter.Flow;
import dev.partyline.junit5.NoSocketLeaks;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * What was said of leaks for a test or a class, by annotations and for the whole run.
 *
 * @param enabled whether they are to be told
 * @param parallel whether tests may run at the same time as it
 * @param filters which sockets may stay open
 */
public record LeakOptions(boolean enabled, boolean parallel, List<Filter> filters) {
  private static final String LEAKS_PARAMETER = "partyline.leaks";
  private static final String IGNORING_PARAMETER = "partyline.leaks.ignoring";
  private static final String PARALLEL_PARAMETER = "junit.jupiter.execution.parallel.enabled";

  public static LeakOptions of(ExtensionContext context) {
    List<Filter> filters = new ArrayList<>();
    boolean enabled = isEnabledForAll(context);
    boolean isolated = false;
    for (Optional<ExtensionContext> current = Optional.of(context);
        current.isPresent();
        current = current.get().getParent()) {
      Optional<AnnotatedElement> annotatedElement = current.get().getElement();
      Optional<NoSocketLeaks> annotation =
          AnnotationSupport.findAnnotation(annotatedElement, NoSocketLeaks.class);
      if (annotation.isPresent()) {
        enabled = true;
        add(describe(annotatedElement.orElseThrow()), annotation.get().ignoring(), filters);
      }
      isolated |= AnnotationSupport.isAnnotated(annotatedElement, Isolated.class);
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

  private static String describe(AnnotatedElement annotatedElement) {
    InjectionPoint injectionPoint =
        annotatedElement instanceof Method method
            ? new InjectionPoint(
                NoSocketLeaks.class,
                "method",
                method.getName(),
                method.getReturnType(),
                method.getDeclaringClass())
            : new InjectionPoint(
                NoSocketLeaks.class,
                "class",
                ((Class<?>) annotatedElement).getSimpleName(),
                (Class<?>) annotatedElement,
                (Class<?>) annotatedElement);
    return injectionPoint + " has ignoring";
  }

  private static void add(String source, String expression, List<Filter> filters) {
    if (expression.isBlank()) {
      // As a filter that would be everything.
      return;
    }
    try {
      filters.add(Filter.parse(expression));
    } catch (FilterException e) {
      throw new ExtensionConfigurationException(
          source + " = \"" + expression + "\", but " + e.getMessage(), e);
    }
  }

  public boolean ignores(Flow flow) {
    return filters.stream().anyMatch(filter -> filter.matches(flow));
  }
}
