package dev.partyline.junit5.internal.hunt;

import dev.partyline.hunt.ConditionResult;
import dev.partyline.hunt.NetworkCondition;
import dev.partyline.junit5.internal.TestEndpoints;
import dev.partyline.junit5.internal.TestRecordings;
import dev.partyline.junit5.internal.jupiter.TestAbort;
import dev.partyline.script.transcript.Redaction;
import dev.partyline.weather.Fault;
import dev.partyline.weather.WeatherReport;
import dev.partyline.weather.Weathered;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Recorded;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
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

  /** Until more is known: of a test that is aborted, nothing is. */
  private ConditionResult result = ConditionResult.ABORTED;

  private List<Recorded> endpoints = List.of();

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

  ConditionResult result() {
    return result;
  }

  /**
   * Returns whether something was done to the connections of a run that failed; in clear weather
   * nothing has to be.
   */
  boolean isMet() {
    return isClearOrAny(WeatherRun::isMet);
  }

  /** A slice that the test did not wait for, because it failed at the one before, was made. */
  private static boolean isMet(WeatherReport report, Fault fault) {
    return report.hitCount(fault) + report.mergedSliceCount(fault) > 0 || !report.isCounted(fault);
  }

  private boolean isHit() {
    return isClearOrAny((report, fault) -> report.hitCount(fault) > 0);
  }

  private boolean isClearOrAny(BiPredicate<WeatherReport, Fault> test) {
    List<Fault> faults = condition.weather().faults();
    return faults.isEmpty()
        || endpoints.stream()
            .flatMap(each -> Weathered.of(each).stream())
            .map(Weathered::weatherReport)
            .anyMatch(report -> faults.stream().anyMatch(each -> test.test(report, each)));
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
  private void proceed(Invocation<Void> invocation, ExtensionContext context) throws Throwable {
    try {
      invocation.proceed();
    } catch (Throwable failure) {
      throw kind.isSearch() ? onFailure(context, failure) : failure;
    }
  }

  @Override
  public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
    return ExtensionContextScope.TEST_METHOD;
  }

  /** No handler of exceptions is called for a constructor. */
  @Override
  public <T> T interceptTestClassConstructor(
      Invocation<T> invocation,
      ReflectiveInvocationContext<Constructor<T>> invocationContext,
      ExtensionContext context)
      throws Throwable {
    try {
      return invocation.proceed();
    } catch (Throwable failure) {
      throw onFailure(context, failure);
    }
  }

  @Override
  public void interceptBeforeEachMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> invocationContext,
      ExtensionContext context)
      throws Throwable {
    proceed(invocation, context);
  }

  @Override
  public void interceptTestTemplateMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> invocationContext,
      ExtensionContext context)
      throws Throwable {
    proceed(invocation, context);
  }

  @Override
  public void interceptAfterEachMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> invocationContext,
      ExtensionContext context)
      throws Throwable {
    proceed(invocation, context);
  }

  @Override
  public void handleBeforeEachMethodExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    throw onFailure(context, failure);
  }

  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    throw onFailure(context, failure);
  }

  @Override
  public void handleAfterEachMethodExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    throw onFailure(context, failure);
  }

  private Throwable onFailure(ExtensionContext context, Throwable failure) {
    if (TestAbort.isAbort(failure)) {
      return failure;
    }
    result = ConditionResult.FAILED;
    endpoints = TestRecordings.of(context);
    if (kind.isSearch()) {
      return new TestAbortedException("it fails under " + condition, failure);
    }
    // What an event loop is doing is done then, so that it is known what was hit.
    TestEndpoints.nearest(context).ifPresent(test -> test.failures().noteEnd(failure));
    return runs.failure(this, failure);
  }

  /** Returns what the test fails with at its end, for what was found then. */
  private Optional<AssertionError> atEnd(ExtensionContext context, Optional<AssertionError> found) {
    if (found.isEmpty()) {
      return runs.passed(kind);
    }
    Throwable handled = onFailure(context, found.get());
    if (handled instanceof TestAbortedException aborted) {
      throw aborted;
    }
    return handled instanceof AssertionError other ? Optional.of(other) : found;
  }

  @Override
  public void afterTestExecution(ExtensionContext context) {
    TestEndpoints.nearest(context)
        .ifPresent(test -> test.failures().handleAtEnd(found -> atEnd(context, found)));
    if (context.getExecutionException().isPresent()) {
      return;
    }
    endpoints = TestRecordings.of(context);
    if (kind == RunKind.CLEAR) {
      runs.onClearRun(
          endpoints.stream().flatMap(WeatherRun::conversations).toList(),
          endpoints.stream().flatMap(WeatherRun::masked).toList());
    }
    result = isHit() ? ConditionResult.PASSED : ConditionResult.NOT_MET;
  }

  private static Stream<Conversation> conversations(Recorded endpoint) {
    return endpoint.recording().conversations().stream();
  }

  private static Stream<Conversation> masked(Recorded endpoint) {
    Redaction redaction = Redaction.of(endpoint);
    return conversations(endpoint).map(redaction::apply);
  }

  @Override
  public void testSuccessful(ExtensionContext context) {
    publishNote(context);
  }

  @Override
  public void testAborted(ExtensionContext context, @Nullable Throwable cause) {
    if (result != ConditionResult.FAILED) {
      result = ConditionResult.ABORTED;
    }
    publishNote(context);
  }

  private void publishNote(ExtensionContext context) {
    runs.note(this).ifPresent(note -> context.publishReportEntry("partyline", note));
  }

  /**
   * What fails in an extension cannot be aborted: it has failed, but a search for what is smaller
   * would only fail many times.
   */
  @Override
  public void testFailed(ExtensionContext context, @Nullable Throwable cause) {
    if (kind != RunKind.CHECK) {
      result = ConditionResult.FAILED;
    }
  }
}
