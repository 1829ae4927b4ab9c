package dev.partyline.junit5;

import dev.partyline.filter.Filter;
import dev.partyline.filter.FilterException;
import dev.partyline.filter.Flow;
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
 * @param wanted whether they are to be told
 * @param inParallel whether tests may run at the same time as it
 * @param ignored which sockets may stay open
 */
record LeakOptions(boolean wanted, boolean inParallel, List<Filter> ignored) {
  private static final String FOR_ALL = "partyline.leaks";
  private static final String IGNORED = "partyline.leaks.ignoring";
  private static final String PARALLEL = "junit.jupiter.execution.parallel.enabled";

  static LeakOptions of(ExtensionContext context) {
    List<Filter> ignored = new ArrayList<>();
    boolean wanted = isForAll(context);
    boolean isolated = false;
    for (Optional<ExtensionContext> at = Optional.of(context);
        at.isPresent();
        at = at.get().getParent()) {
      Optional<AnnotatedElement> place = at.get().getElement();
      Optional<NoSocketLeaks> asked = AnnotationSupport.findAnnotation(place, NoSocketLeaks.class);
      if (asked.isPresent()) {
        wanted = true;
        add(element(place.orElseThrow()), asked.get().ignoring(), ignored);
      }
      isolated |= AnnotationSupport.isAnnotated(place, Isolated.class);
    }
    if (wanted) {
      context.getConfigurationParameter(IGNORED).ifPresent(text -> add(IGNORED, text, ignored));
    }
    boolean parallel =
        context.getConfigurationParameter(PARALLEL).filter(Boolean::parseBoolean).isPresent();
    return new LeakOptions(wanted, parallel && !isolated, ignored);
  }

  private static boolean isForAll(ExtensionContext context) {
    String value = context.getConfigurationParameter(FOR_ALL).orElse("annotated");
    return switch (value) {
      case "fail" -> true;
      case "annotated" -> false;
      default ->
          throw new ExtensionConfigurationException(
              FOR_ALL + " (" + value + ") must be 'fail' or 'annotated'");
    };
  }

  private static String element(AnnotatedElement place) {
    InjectionPoint element =
        place instanceof Method method
            ? new InjectionPoint(
                NoSocketLeaks.class,
                "method",
                method.getName(),
                method.getReturnType(),
                method.getDeclaringClass())
            : new InjectionPoint(
                NoSocketLeaks.class,
                "class",
                ((Class<?>) place).getSimpleName(),
                (Class<?>) place,
                (Class<?>) place);
    return element + " has ignoring";
  }

  private static void add(String where, String expression, List<Filter> ignored) {
    if (expression.isBlank()) {
      // As a filter that would be everything.
      return;
    }
    try {
      ignored.add(Filter.parse(expression));
    } catch (FilterException e) {
      throw new ExtensionConfigurationException(
          where + " = \"" + expression + "\", but " + e.getMessage(), e);
    }
  }

  boolean ignores(Flow flow) {
    return ignored.stream().anyMatch(filter -> filter.matches(flow));
  }
}
