package dev.partyline.junit5;

import dev.partyline.junit5.internal.ConversationReport;
import dev.partyline.junit5.internal.RunningTest;
import dev.partyline.junit5.internal.TestEndpoints;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.opentest4j.TestAbortedException;

/** Has every method of a test watched on the thread that runs it. */
abstract class RunningTestInterceptor implements InvocationInterceptor {

  /** Returns the endpoints of a context. */
  abstract TestEndpoints endpoints(ExtensionContext context);

  private <T> T proceed(Invocation<T> invocation, ExtensionContext context) throws Throwable {
    return RunningTest.proceed(invocation, context, endpoints(context));
  }

  @Override
  public final <T> T interceptTestClassConstructor(
      Invocation<T> invocation,
      ReflectiveInvocationContext<Constructor<T>> invocationContext,
      ExtensionContext context)
      throws Throwable {
    return proceed(invocation, context);
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
    proceed(invocation, context);
  }

  @Override
  public final <T> T interceptTestFactoryMethod(
      Invocation<T> invocation,
      ReflectiveInvocationContext<Method> invocationContext,
      ExtensionContext context)
      throws Throwable {
    return proceed(invocation, context);
  }

  @Override
  public final void interceptTestTemplateMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> invocationContext,
      ExtensionContext context)
      throws Throwable {
    proceed(invocation, context);
  }

  /**
   * Notes the failure of a dynamic test, because JUnit does not report it to the method that made
   * the test.
   */
  @Override
  public final void interceptDynamicTest(
      Invocation<Void> invocation,
      DynamicTestInvocationContext invocationContext,
      ExtensionContext context)
      throws Throwable {
    TestEndpoints endpoints = TestEndpoints.nearest(context).orElseGet(() -> endpoints(context));
    try {
      RunningTest.proceed(invocation, context, endpoints);
    } catch (TestAbortedException e) {
      throw e;
    } catch (Throwable e) {
      endpoints.markFailed();
      ConversationReport.of(context, endpoints, endpoints.newSocketReport(e))
          .ifPresent(e::addSuppressed);
      throw e;
    }
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
}
