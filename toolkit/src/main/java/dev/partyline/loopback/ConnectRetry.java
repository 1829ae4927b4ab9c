package dev.partyline.loopback;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Connects again after a failure, for a server that is still starting. */
final class ConnectRetry {
  private static final long MIN_DELAY_NANOS = 5_000_000;
  private static final long MAX_DELAY_NANOS = 100_000_000;

  private ConnectRetry() {}

  /** One attempt. */
  @FunctionalInterface
  interface Attempt {
    SocketChannel connect() throws IOException;
  }

  /**
   * Returns a connected channel.
   *
   * @param within how long a failed attempt is repeated; zero for one attempt
   * @throws IOException the failure of the last attempt
   */
  static SocketChannel connect(Attempt attempt, Duration within) throws IOException {
    long start = System.nanoTime();
    long delayNanos = MIN_DELAY_NANOS;
    while (true) {
      try {
        return attempt.connect();
      } catch (IOException e) {
        long leftNanos = within.toNanos() - (System.nanoTime() - start);
        if (leftNanos <= 0 || Thread.currentThread().isInterrupted()) {
          throw e;
        }
        LockSupport.parkNanos(Math.min(delayNanos, leftNanos));
        delayNanos = Math.min(2 * delayNanos, MAX_DELAY_NANOS);
      }
    }
  }
}
