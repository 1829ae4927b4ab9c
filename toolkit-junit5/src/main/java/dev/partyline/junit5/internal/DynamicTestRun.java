package dev.partyline.junit5.internal;

import dev.partyline.junit5.internal.jupiter.InnerTests.InnerTest;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor.Invocation;

/** A dynamic test, which has no endpoints of its own but those of the method that made it. */
public final class DynamicTestRun {
  private DynamicTestRun() {}

  /** Runs a dynamic test, and fails it if it has made a script of its method fail. */
  public static void proceed(
      Invocation<Void> invocation, ExtensionContext context, TestEndpoints endpoints)
      throws Throwable {
    InnerTest test = new InnerTest(endpoints.testName() + " " + context.getDisplayName());
    endpoints.noteInnerTests();
    endpoints.innerTests().begin(test);
    try {
      RunningTest.proceed(invocation, context, endpoints);
      TestOutcome.checkDynamicTest(endpoints, test);
    } catch (Throwable e) {
      throw TestOutcome.joinDynamicTest(context, endpoints, test, e);
    } finally {
      endpoints.innerTests().end(test);
    }
  }
}
