package dev.partyline.loopback;

/**
 * Has the loop end with the JVM rather than linger: HotSpot waits up to 300 ms for a thread that
 * sleeps in a selector.
 */
final class Farewell {
  private static final long LONGEST = 100;

  private final Thread hook;

  Farewell(Runnable leave, Thread loop) {
    hook = new Thread(null, () -> run(leave, loop), "partyline-farewell", 0, false);
    try {
      Runtime.getRuntime().addShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM ends already: then the loop does so with it, only a little later.
      leave.run();
    }
  }

  private static void run(Runnable leave, Thread loop) {
    leave.run();
    try {
      loop.join(LONGEST);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Forgets the loop, which has ended by itself; its class loader may go as well. */
  void cancel() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM ends: the hook runs, or has run, and there is nothing left to forget.
    }
  }
}
