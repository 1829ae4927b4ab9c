package dev.partyline.loopback;

/** Closes something once, whoever asks: the first one does it, the others wait for the sockets. */
final class CloseOnce {
  private boolean begun;
  private boolean closed;

  synchronized boolean hasBegun() {
    return begun;
  }

  /**
   * Runs both in order, once.
   *
   * @param sockets closes what others can see; everybody waits for it
   * @param rest looks after what is left and reports; whoever came first does that alone, for a
   *     handler that closes its own listener must not wait for itself
   */
  void run(Runnable sockets, Runnable rest) {
    if (!begins()) {
      return;
    }
    try {
      sockets.run();
    } finally {
      ends();
      rest.run();
    }
  }

  /** Returns whether the caller is the first; for others everything is closed by then. */
  private synchronized boolean begins() {
    boolean first = !begun;
    begun = true;
    try {
      while (!first && !closed) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return first;
  }

  private synchronized void ends() {
    closed = true;
    notifyAll();
  }
}
