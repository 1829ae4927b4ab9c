package dev.partyline.ports;

import dev.partyline.internal.net.Addresses;
import dev.partyline.internal.text.DurationText;
import dev.partyline.netstat.ConnectionTable;
import dev.partyline.wire.LoopbackException;
import dev.partyline.wire.Transport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits until a server listens on a port, without a connection to it where the system can tell. */
final class ListeningWait {
  private static final long MIN_DELAY_NANOS = 10_000_000;

  /** Each look costs milliseconds of a processor. */
  private static final long MAX_DELAY_NANOS = 100_000_000;

  private static final int CONNECT_TIMEOUT_MILLIS = 1_000;

  private ListeningWait() {}

  static void await(int port, Duration timeout) {
    long start = System.nanoTime();
    long delayNanos = MIN_DELAY_NANOS;
    while (!isListening(port)) {
      long leftNanos = timeout.toNanos() - (System.nanoTime() - start);
      if (leftNanos <= 0) {
        throw failure(port, "after " + DurationText.words(timeout));
      }
      LockSupport.parkNanos(Math.min(delayNanos, leftNanos));
      if (Thread.currentThread().isInterrupted()) {
        throw failure(port, "yet, and the wait for it was interrupted");
      }
      delayNanos = Math.min(2 * delayNanos, MAX_DELAY_NANOS);
    }
  }

  private static LoopbackException failure(int port, String when) {
    return new LoopbackException(
        "nothing listens on tcp port "
            + port
            + " "
            + when
            + "; who has the port:\n"
            + PortOwners.describe(port, row -> row.transport() != Transport.UNIX));
  }

  private static boolean isListening(int port) {
    try {
      String filter = "tcp src port " + port + " and state listen";
      return !ConnectionTable.snapshot().matching(filter).rows().isEmpty();
    } catch (UnsupportedOperationException e) {
      return canConnect(port);
    }
  }

  private static boolean canConnect(int port) {
    try (Socket client = new Socket()) {
      client.connect(new InetSocketAddress(Addresses.loopback(), port), CONNECT_TIMEOUT_MILLIS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
