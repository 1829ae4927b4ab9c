package dev.partyline.internal.net;

/**
 * Has the loop end with the JVM rather than linger: HotSpot waits up to 300 ms for a thread that
 * sleeps in a selector.
 */
final class LoopShutdownHook implements Runnable {
  private static final long MAX_WAIT_MILLIS = 100;

  private final EventLoop loop;
  private final Thread thread;
  private final Thread hook;

  LoopShutdownHook(EventLoop loop, Thread thread) {
    this.loop = loop;
    this.thread = thread;
    // No lambda, for this is on the way to the first answer of a JVM.
    hook = new Thread(null, this, "partyline-farewell", 0, false);
    try {
      Runtime.getRuntime().addShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM ends already: then the loop does so with it, only a little later.
      loop.quitWhenIdle();
    }
  }

  @Override
  public void run() {
    loop.quitWhenIdle();
    try {
      thread.join(MAX_WAIT_MILLIS);
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
