package dev.partyline.junit5;

import dev.partyline.junit5.internal.DurationReader;
import dev.partyline.junit5.internal.hunt.SliceRuns;
import dev.partyline.junit5.internal.hunt.SoleAnnotation;
import dev.partyline.junit5.internal.jupiter.InjectionPoint;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * The JUnit extension behind {@link SliceEverywhere}, which registers it.
 *
 * <p>The Javadoc of the annotation is the contract; tests need not name this type.
 */
public final class SliceEverywhereExtension implements TestTemplateInvocationContextProvider {
  /** Called by JUnit. */
  public SliceEverywhereExtension() {}

  @Override
  public boolean supportsTestTemplate(ExtensionContext context) {
    return SoleAnnotation.isOn(context.getRequiredTestMethod(), SliceEverywhere.class);
  }

  @Override
  public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(
      ExtensionContext context) {
    Method method = context.getRequiredTestMethod();
    SliceEverywhere annotation =
        AnnotationSupport.findAnnotation(method, SliceEverywhere.class).orElseThrow();
    InjectionPoint injectionPoint = InjectionPoint.of(SliceEverywhere.class, method);
    if (annotation.runs() < 1) {
      throw injectionPoint.configurationError(
          "has runs = " + annotation.runs() + ", but must have at least 1");
    }
    if (annotation.sides().length == 0) {
      throw injectionPoint.configurationError("has no sides, but must have one or both");
    }
    return new SliceRuns(
            injectionPoint,
            context,
            Set.copyOf(List.of(annotation.sides())),
            annotation.runs(),
            time(injectionPoint, annotation.atMost()))
        .stream();
  }

  private static Duration time(InjectionPoint injectionPoint, String text) {
    return DurationReader.read(text)
        .orElseThrow(
            () ->
                injectionPoint.configurationError(
                    "has atMost = \"" + text + "\", but it " + DurationReader.RULE));
  }
}
