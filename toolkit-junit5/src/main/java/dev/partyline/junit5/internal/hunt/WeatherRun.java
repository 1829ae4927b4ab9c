package dev.partyline.junit5.internal.hunt;

import dev.partyline.hunt.ConditionResult;
import dev.partyline.hunt.NetworkCondition;
import dev.partyline.junit5.internal.TestEndpoints;
import dev.partyline.junit5.internal.TestRecordings;
import dev.partyline.junit5.internal.jupiter.TestAbort;
import dev.partyline.script.transcript.Redaction;
import dev.partyline.weather.WeatherReport;
import dev.partyline.weather.Weathered;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Recorded;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestWatcher;
import org.opentest4j.TestAbortedException;

/** One run of a test under a condition. */
final class WeatherRun
    implements TestTemplateInvocationContext,
        InvocationInterceptor,
        AfterTestExecutionCallback,
        TestExecutionExceptionHandler,
        LifecycleMethodExecutionExceptionHandler,
        TestWatcher {
  private final RunKind kind;
  private final NetworkCondition condition;
  private final ConditionRuns runs;

  /** Null as long as it is not known, and if the test was aborted. */
  private @Nullable ConditionResult result;

  WeatherRun(RunKind kind, NetworkCondition condition, ConditionRuns runs) {
    this.kind = kind;
    this.condition = condition;
    this.runs = runs;
  }

  RunKind kind() {
    return kind;
  }

  NetworkCondition condition() {
    return condition;
  }

  @Nullable ConditionResult result() {
    return result;
  }

  @Override
  public String getDisplayName(int invocationIndex) {
    return "[" + invocationIndex + "] " + kind.prefix + condition;
  }

  @Override
  public List<Extension> getAdditionalExtensions() {
    return List.of(this);
  }

  /** What fails here is aborted before anything is written about it. */
  private void proceed(Invocation<Void> invocation) throws Throwable {
    try {
      invocation.proceed();
    } catch (Throwable failure) {
      throw kind.isSearch() ? onFailure(failure) : failure;
    }
  }

  @Override
  public void interceptBeforeEachMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> invocationContext,
      ExtensionContext context)
      throws Throwable {
    proceed(invocation);
  }

  @Override
  public void interceptTestTemplateMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> invocationContext,
      ExtensionContext context)
      throws Throwable {
    proceed(invocation);
  }

  @Override
  public void interceptAfterEachMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> invocationContext,
      ExtensionContext context)
      throws Throwable {
    proceed(invocation);
  }

  @Override
  public void handleBeforeEachMethodExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    throw onFailure(failure);
  }

  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    throw onFailure(failure);
  }

  @Override
  public void handleAfterEachMethodExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    throw onFailure(failure);
  }

  private Throwable onFailure(Throwable failure) {
    if (TestAbort.isAbort(failure)) {
      return failure;
    }
    result = ConditionResult.FAILED;
    return kind.isSearch()
        ? new TestAbortedException("it fails under " + condition, failure)
        : runs.failure(kind, condition, failure);
  }

  /** Returns what the test fails with at its end, for what was found then. */
  private Optional<AssertionError> atEnd(Optional<AssertionError> found) {
    if (found.isEmpty()) {
      return runs.passed(kind);
    }
    Throwable handled = onFailure(found.get());
    if (handled instanceof TestAbortedException aborted) {
      throw aborted;
    }
    return handled instanceof AssertionError other ? Optional.of(other) : found;
  }

  @Override
  public void afterTestExecution(ExtensionContext context) {
    TestEndpoints.nearest(context).ifPresent(test -> test.failures().handleAtEnd(this::atEnd));
    if (context.getExecutionException().isPresent()) {
      return;
    }
    List<Recorded> endpoints = TestRecordings.of(context);
    if (kind == RunKind.CLEAR) {
      runs.onClearRun(
          endpoints.stream().flatMap(WeatherRun::conversations).toList(),
          endpoints.stream().flatMap(WeatherRun::masked).toList());
    }
    result =
        kind == RunKind.CLEAR || endpoints.stream().anyMatch(this::isHit)
            ? ConditionResult.PASSED
            : ConditionResult.NOT_MET;
  }

  private static Stream<Conversation> conversations(Recorded endpoint) {
    return endpoint.recording().conversations().stream();
  }

  private static Stream<Conversation> masked(Recorded endpoint) {
    Redaction redaction = Redaction.of(endpoint);
    return conversations(endpoint).map(redaction::apply);
  }

  private boolean isHit(Recorded endpoint) {
    return Weathered.of(endpoint).stream().anyMatch(each -> isHit(each.weatherReport()));
  }

  private boolean isHit(WeatherReport report) {
    return condition.weather().faults().stream().anyMatch(fault -> report.hitCount(fault) > 0);
  }

  @Override
  public void testSuccessful(ExtensionContext context) {
    ConditionResult passed = result;
    if (passed != null) {
      runs.note(kind, condition, passed)
          .ifPresent(note -> context.publishReportEntry("partyline", note));
    }
  }
}
