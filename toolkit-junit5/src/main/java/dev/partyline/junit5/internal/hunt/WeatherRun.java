package dev.partyline.junit5.internal.hunt;

import dev.partyline.hunt.Condition;
import dev.partyline.junit5.internal.TestRecordings;
import dev.partyline.weather.WeatherOwner;
import dev.partyline.weather.WeatherReport;
import dev.partyline.weather.Weathered;
import dev.partyline.wire.Recorded;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;

/** One run of a test under a condition. */
final class WeatherRun
    implements TestTemplateInvocationContext,
        AfterTestExecutionCallback,
        TestExecutionExceptionHandler {
  private final Condition condition;
  private final WeatherRuns runs;

  WeatherRun(Condition condition, WeatherRuns runs) {
    this.condition = condition;
    this.runs = runs;
  }

  private boolean isClear() {
    return condition.equals(Condition.CLEAR);
  }

  @Override
  public String getDisplayName(int invocationIndex) {
    return "[" + invocationIndex + "] " + condition;
  }

  @Override
  public List<Extension> getAdditionalExtensions() {
    return List.of(this);
  }

  @Override
  public void afterTestExecution(ExtensionContext context) {
    if (context.getExecutionException().isPresent()) {
      return;
    }
    List<Recorded> endpoints = TestRecordings.of(context);
    if (isClear()) {
      runs.onClearRun(
          endpoints.stream().flatMap(each -> each.recording().conversations().stream()).toList());
    } else if (endpoints.stream().flatMap(WeatherRun::report).noneMatch(this::isHit)) {
      context.publishReportEntry("partyline", "the condition " + condition + " had no effect");
    }
  }

  private static Stream<WeatherReport> report(Recorded endpoint) {
    if (endpoint instanceof Weathered tap) {
      return Stream.of(tap.weatherReport());
    }
    return endpoint instanceof WeatherOwner owner
        ? Stream.of(owner.weather().weatherReport())
        : Stream.empty();
  }

  private boolean isHit(WeatherReport report) {
    return condition.weather().faults().stream().anyMatch(fault -> report.hitCount(fault) > 0);
  }

  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    if (!isClear()) {
      failure.addSuppressed(new ConditionNote(condition));
    }
    throw failure;
  }
}
