package dev.partyline.loopback;

/** Closes something once: the first caller does it, others wait until the sockets are closed. */
final class CloseOnce {
  private boolean started;
  private boolean closed;

  synchronized boolean hasStarted() {
    return started;
  }

  /**
   * Runs both in order.
   *
   * @param closeSockets closes the sockets; the first caller runs it, and all others wait for it
   * @param cleanUp cleans up and reports what was not reported yet; every caller runs it
   */
  void run(Runnable closeSockets, Runnable cleanUp) {
    try {
      if (isFirst()) {
        closeSockets.run();
      }
    } finally {
      markClosed();
      cleanUp.run();
    }
  }

  /**
   * Returns whether the caller is the first; for others the sockets are closed by then. An
   * interrupt does not end the wait.
   */
  private synchronized boolean isFirst() {
    boolean first = !started;
    started = true;
    boolean interrupted = false;
    while (!first && !closed) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return first;
  }

  private synchronized void markClosed() {
    closed = true;
    notifyAll();
  }
}
