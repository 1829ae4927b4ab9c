package dev.partyline.loopback;

/** Closes something once, whoever asks: the first one does it, the others wait for the sockets. */
final class CloseOnce {
  private boolean started;
  private boolean closed;

  synchronized boolean hasStarted() {
    return started;
  }

  /**
   * Runs both in order, once.
   *
   * @param closeSockets closes what others can see; everybody waits for it
   * @param cleanUp looks after what is left and reports; whoever came first does that alone, for a
   *     handler that closes its own listener must not wait for itself
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

  /** Returns whether the caller is the first; for others everything is closed by then. */
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
