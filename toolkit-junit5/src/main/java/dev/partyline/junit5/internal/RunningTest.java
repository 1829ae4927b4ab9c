package dev.partyline.junit5.internal;

import dev.partyline.ports.OpenResource;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor.Invocation;

/**
 * A test, or one of its methods around it, that a thread runs now.
 *
 * @param context the context of the test; that of the class for methods such as {@code @BeforeAll}
 * @param endpoints the endpoints of the test
 * @param thread the thread, which is not the one of the context if {@code @Timeout} says so
 */
public record RunningTest(ExtensionContext context, TestEndpoints endpoints, Thread thread) {

  /**
   * Runs an invocation on this thread. Meanwhile what it opens is noted, and it is watched.
   *
   * @return what the invocation returns
   */
  public static <T> T proceed(
      Invocation<T> invocation, ExtensionContext context, TestEndpoints endpoints)
      throws Throwable {
    RunningTest test = new RunningTest(context, endpoints, Thread.currentThread());
    Watchdog watchdog = Watchdog.of(context);
    Runnable restoreObserver =
        OpenResource.observeThread(
            resource -> {
              endpoints.openedEndpoints().add(resource);
              ThreadObserver.tell(resource);
            });
    try {
      watchdog.begin(test);
      return invocation.proceed();
    } finally {
      watchdog.end(test);
      // The interrupt that follows a dump must not reach what runs next on this thread.
      endpoints.dumps().await();
      restoreObserver.run();
    }
  }
}
