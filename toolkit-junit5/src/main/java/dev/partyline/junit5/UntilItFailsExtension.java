package dev.partyline.junit5;

import dev.partyline.hunt.ProcessorLoad;
import dev.partyline.junit5.internal.DurationReader;
import dev.partyline.junit5.internal.EarlierRuns;
import dev.partyline.junit5.internal.hunt.RepeatedRuns;
import dev.partyline.junit5.internal.hunt.RunStream;
import dev.partyline.junit5.internal.hunt.SoleAnnotation;
import dev.partyline.junit5.internal.jupiter.InjectionPoint;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * The JUnit extension behind {@link UntilItFails}, which registers it.
 *
 * <p>The Javadoc of the annotation is the contract; tests need not name this type.
 */
public final class UntilItFailsExtension implements TestTemplateInvocationContextProvider {
  /** Called by JUnit. */
  public UntilItFailsExtension() {}

  @Override
  public boolean supportsTestTemplate(ExtensionContext context) {
    return SoleAnnotation.isOn(context.getRequiredTestMethod(), UntilItFails.class);
  }

  @Override
  public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(
      ExtensionContext context) {
    Method method = context.getRequiredTestMethod();
    UntilItFails annotation =
        AnnotationSupport.findAnnotation(method, UntilItFails.class).orElseThrow();
    RepeatedRuns runs = runs(context, InjectionPoint.of(UntilItFails.class, method), annotation);
    EarlierRuns.put(context, runs);
    return RunStream.of(runs, runs::end);
  }

  private static RepeatedRuns runs(
      ExtensionContext context, InjectionPoint injectionPoint, UntilItFails annotation) {
    if (annotation.runs() < 1) {
      throw injectionPoint.configurationError(
          "has runs = " + annotation.runs() + ", which must be 1 or more");
    }
    if (annotation.stress() < 0 || annotation.stress() > ProcessorLoad.MAX_THREADS) {
      throw injectionPoint.configurationError(
          "has stress = "
              + annotation.stress()
              + ", which must be a number of threads from 0 to "
              + ProcessorLoad.MAX_THREADS);
    }
    Duration atMost = DurationReader.read(injectionPoint, "atMost", annotation.atMost());
    return new RepeatedRuns(context, annotation.runs(), atMost, annotation.stress());
  }
}
