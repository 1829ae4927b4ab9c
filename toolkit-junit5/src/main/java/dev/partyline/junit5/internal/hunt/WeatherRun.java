package dev.partyline.junit5.internal.hunt;

import dev.partyline.hunt.NetworkCondition;
import dev.partyline.junit5.internal.TestRecordings;
import dev.partyline.script.transcript.Redaction;
import dev.partyline.weather.WeatherReport;
import dev.partyline.weather.Weathered;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Recorded;
import java.lang.reflect.Method;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.opentest4j.TestAbortedException;

/** One run of a test under a condition. */
final class WeatherRun
    implements TestTemplateInvocationContext,
        InvocationInterceptor,
        AfterTestExecutionCallback,
        TestExecutionExceptionHandler {
  private final RunKind kind;
  private final NetworkCondition condition;
  private final WeatherRuns runs;

  WeatherRun(RunKind kind, NetworkCondition condition, WeatherRuns runs) {
    this.kind = kind;
    this.condition = condition;
    this.runs = runs;
  }

  NetworkCondition condition() {
    return condition;
  }

  @Override
  public String getDisplayName(int invocationIndex) {
    String prefix =
        switch (kind) {
          case CLEAR, CHECK -> "";
          case SHRINK -> "part of ";
          case SMALLEST -> "smallest part of ";
        };
    return "[" + invocationIndex + "] " + prefix + condition;
  }

  @Override
  public List<Extension> getAdditionalExtensions() {
    return List.of(this);
  }

  /** What fails here is aborted before anything is written about it. */
  @Override
  public void interceptTestTemplateMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> invocationContext,
      ExtensionContext context)
      throws Throwable {
    try {
      invocation.proceed();
    } catch (Throwable failure) {
      throw kind == RunKind.SHRINK ? aborted(failure) : failure;
    }
  }

  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    if (failure instanceof TestAbortedException) {
      throw failure;
    }
    switch (kind) {
      case CLEAR -> {}
      case CHECK -> {
        runs.onCheckFailed(condition);
        failure.addSuppressed(ConditionNote.of(condition));
      }
      case SHRINK -> throw aborted(failure);
      case SMALLEST -> failure.addSuppressed(new ConditionNote(runs.smallestText()));
    }
    throw failure;
  }

  private Throwable aborted(Throwable failure) {
    if (failure instanceof TestAbortedException) {
      return failure;
    }
    runs.onShrinkRun(true);
    return new TestAbortedException("it fails under " + condition + " as well", failure);
  }

  @Override
  public void afterTestExecution(ExtensionContext context) {
    if (context.getExecutionException().isPresent()) {
      return;
    }
    List<Recorded> endpoints = TestRecordings.of(context);
    switch (kind) {
      case CLEAR ->
          runs.onClearRun(
              endpoints.stream().flatMap(WeatherRun::conversations).toList(),
              endpoints.stream().flatMap(WeatherRun::masked).toList());
      case SHRINK -> runs.onShrinkRun(false);
      case CHECK, SMALLEST -> {
        if (kind == RunKind.CHECK) {
          runs.onCheckPassed(condition);
        }
        if (endpoints.stream()
            .flatMap(each -> Weathered.of(each).stream())
            .noneMatch(each -> isHit(each.weatherReport()))) {
          context.publishReportEntry("partyline", "the condition " + condition + " had no effect");
        }
      }
    }
  }

  private static Stream<Conversation> conversations(Recorded endpoint) {
    return endpoint.recording().conversations().stream();
  }

  private static Stream<Conversation> masked(Recorded endpoint) {
    Redaction redaction = Redaction.of(endpoint);
    return conversations(endpoint).map(redaction::apply);
  }

  private boolean isHit(WeatherReport report) {
    return condition.weather().faults().stream().anyMatch(fault -> report.hitCount(fault) > 0);
  }
}
