package dev.partyline.loopback;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/** Closes something once, whoever asks: the first one does it, the others wait for the sockets. */
final class Closing {
  private final AtomicBoolean begun = new AtomicBoolean();
  private final CountDownLatch closed = new CountDownLatch(1);

  boolean hasBegun() {
    return begun.get();
  }

  /**
   * Runs both in order, once.
   *
   * @param sockets closes what others can see; everybody waits for it
   * @param rest looks after what is left and reports; whoever came first does that alone, for a
   *     handler that closes its own listener must not wait for itself
   */
  void run(Runnable sockets, Runnable rest) {
    if (!begun.compareAndSet(false, true)) {
      await();
      return;
    }
    try {
      sockets.run();
    } finally {
      closed.countDown();
      rest.run();
    }
  }

  private void await() {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
