package dev.partyline.loopback;

/** Closes something once: the first caller does it, others wait until the sockets are closed. */
final class CloseOnce {
  private boolean started;
  private boolean closed;

  synchronized boolean hasStarted() {
    return started;
  }

  /**
   * Runs both in order, once.
   *
   * @param closeSockets closes the sockets; every caller waits for it
   * @param cleanUp cleans up and reports; only the first caller waits for it, because a handler
   *     that closes its own listener must not wait for itself
   */
  void run(Runnable closeSockets, Runnable cleanUp) {
    if (!tryStart()) {
      return;
    }
    try {
      closeSockets.run();
    } finally {
      markClosed();
      cleanUp.run();
    }
  }

  /** Returns whether the caller is the first; for others the sockets are closed by then. */
  private synchronized boolean tryStart() {
    boolean first = !started;
    started = true;
    try {
      while (!first && !closed) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return first;
  }

  private synchronized void markClosed() {
    closed = true;
    notifyAll();
  }
}
