package dev.partyline.junit5;

import dev.partyline.junit5.internal.DynamicTestRun;
import dev.partyline.junit5.internal.RunningTest;
import dev.partyline.junit5.internal.TestEndpoints;
import dev.partyline.junit5.internal.TestOutcome;
import dev.partyline.junit5.internal.jupiter.TestAbort;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * Has every method of a test watched on the thread that runs it, and adds to its failure what the
 * listeners, clients and taps have found.
 *
 * <p>Interceptors alone would not do for that: the time-out of JUnit fails a method outside of
 * ours, and what it throws comes to the handlers of exceptions only.
 */
abstract class RunningTestInterceptor
    implements InvocationInterceptor,
        TestExecutionExceptionHandler,
        LifecycleMethodExecutionExceptionHandler {

  /** Returns the endpoints of a context. */
  abstract TestEndpoints endpoints(ExtensionContext context);

  private <T> T proceed(Invocation<T> invocation, ExtensionContext context) throws Throwable {
    TestEndpoints endpoints = endpoints(context);
    try {
      return RunningTest.proceed(invocation, context, endpoints);
    } catch (Throwable e) {
      if (!TestAbort.isAbort(e)) {
        endpoints.failures().note(e);
      }
      throw e;
    }
  }

  /** Runs what JUnit has no handlers of exceptions for. */
  private <T> T proceedUnhandled(Invocation<T> invocation, ExtensionContext context)
      throws Throwable {
    try {
      return proceed(invocation, context);
    } catch (Throwable e) {
      throw TestOutcome.join(endpoints(context), e);
    }
  }

  private void proceedTest(Invocation<Void> invocation, ExtensionContext context) throws Throwable {
    proceed(invocation, context);
    TestOutcome.checkMethod(context, endpoints(context));
  }

  @Override
  public final <T> T interceptTestClassConstructor(
      Invocation<T> invocation,
      ReflectiveInvocationContext<Constructor<T>> invocationContext,
      ExtensionContext context)
      throws Throwable {
    return proceedUnhandled(invocation, context);
  }

  @Override
  public final void interceptBeforeAllMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> invocationContext,
      ExtensionContext context)
      throws Throwable {
    proceed(invocation, context);
  }

  @Override
  public final void interceptBeforeEachMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> invocationContext,
      ExtensionContext context)
      throws Throwable {
    proceed(invocation, context);
  }

  @Override
  public final void interceptTestMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> invocationContext,
      ExtensionContext context)
      throws Throwable {
    proceedTest(invocation, context);
  }

  @Override
  public final <T> T interceptTestFactoryMethod(
      Invocation<T> invocation,
      ReflectiveInvocationContext<Method> invocationContext,
      ExtensionContext context)
      throws Throwable {
    return proceedUnhandled(invocation, context);
  }

  @Override
  public final void interceptTestTemplateMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> invocationContext,
      ExtensionContext context)
      throws Throwable {
    proceedTest(invocation, context);
  }

  /** Checks a dynamic test, because JUnit does not report it to the method that made the test. */
  @Override
  public final void interceptDynamicTest(
      Invocation<Void> invocation,
      DynamicTestInvocationContext invocationContext,
      ExtensionContext context)
      throws Throwable {
    TestEndpoints endpoints = TestEndpoints.nearest(context).orElseGet(() -> endpoints(context));
    DynamicTestRun.proceed(invocation, context, endpoints);
  }

  @Override
  public final void interceptAfterEachMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> invocationContext,
      ExtensionContext context)
      throws Throwable {
    proceed(invocation, context);
  }

  @Override
  public final void interceptAfterAllMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> invocationContext,
      ExtensionContext context)
      throws Throwable {
    proceed(invocation, context);
  }

  /** Adds to a failure what the listeners have found, because it may be the cause. */
  @Override
  public final void handleTestExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    throw TestOutcome.join(endpoints(context), failure);
  }

  @Override
  public final void handleBeforeAllMethodExecutionException(
      ExtensionContext context, Throwable failure) throws Throwable {
    throw TestOutcome.join(endpoints(context), failure);
  }

  @Override
  public final void handleBeforeEachMethodExecutionException(
      ExtensionContext context, Throwable failure) throws Throwable {
    throw TestOutcome.join(endpoints(context), failure);
  }

  @Override
  public final void handleAfterEachMethodExecutionException(
      ExtensionContext context, Throwable failure) throws Throwable {
    throw TestOutcome.join(endpoints(context), failure);
  }

  @Override
  public final void handleAfterAllMethodExecutionException(
      ExtensionContext context, Throwable failure) throws Throwable {
    throw TestOutcome.join(endpoints(context), failure);
  }
}
