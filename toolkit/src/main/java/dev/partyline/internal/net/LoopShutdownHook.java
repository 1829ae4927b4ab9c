package dev.partyline.internal.net;

/**
 * Ends a loop without users when the JVM exits: HotSpot waits up to 300 ms for a thread that sleeps
 * in a selector (measured with JDK 17 and 25).
 */
final class LoopShutdownHook {
  private static final long MAX_WAIT_MILLIS = 100;

  private final Thread hook;

  LoopShutdownHook(EventLoop loop, Thread loopThread) {
    hook = new Thread(null, () -> quit(loop, loopThread), "partyline-shutdown", 0, false);
    try {
      Runtime.getRuntime().addShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM exits already.
      loop.quitWhenIdle();
    }
  }

  private static void quit(EventLoop loop, Thread loopThread) {
    loop.quitWhenIdle();
    try {
      if (!loop.hasUsers()) {
        loopThread.join(MAX_WAIT_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Forgets the loop, which has ended by itself, so that its class loader can be unloaded. */
  void cancel() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM exits: the hook runs, or has run.
    }
  }
}
