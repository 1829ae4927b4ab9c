package dev.partyline.loopback;

import dev.partyline.internal.net.BackgroundFailures;
import dev.partyline.internal.text.DurationText;
import dev.partyline.internal.text.ThreadText;
import dev.partyline.wire.TimeoutFactor;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** Runs a handler for each connection, on a daemon thread of its own. */
final class HandlerThreads implements EndpointOwnerFactory {
  private static final Duration GRACE_PERIOD = Duration.ofSeconds(1);

  private final Handler handler;
  private final EndpointOptions options;
  private final BackgroundFailures failures;

  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean interrupted;

  HandlerThreads(Handler handler, EndpointOptions options, BackgroundFailures failures) {
    this.handler = handler;
    this.options = options;
    this.failures = failures;
  }

  @Override
  public EndpointOwner create(Endpoint endpoint) {
    return new BlockingConnection(endpoint, options, this::start);
  }

  private void start(BlockingConnection connection) {
    Thread thread = new Thread(() -> runHandler(connection), "partyline-handler of " + connection);
    thread.setDaemon(true);
    synchronized (threads) {
      threads.add(thread);
    }
    thread.start();
  }

  private void runHandler(BlockingConnection connection) {
    try {
      handle(connection);
    } catch (Throwable thrown) {
      failures.add(connection + " could not be reset after its handler", thrown);
    } finally {
      synchronized (threads) {
        threads.remove(Thread.currentThread());
      }
    }
  }

  private void handle(BlockingConnection connection) {
    try {
      handler.handle(connection);
      connection.close();
    } catch (Throwable thrown) {
      if (!isCausedByClose(connection, thrown)) {
        failures.add("the handler of " + connection.conversation().name() + " failed", thrown);
      }
      connection.reset("because the handler failed");
    }
  }

  /** Closing the listener stops the open connections and interrupts all handlers. */
  private boolean isCausedByClose(BlockingConnection connection, Throwable thrown) {
    // The causes of an exception of the user may form a circle.
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Throwable cause = thrown; cause != null && seen.add(cause); cause = cause.getCause()) {
      if (connection.isShutdown(cause) || interrupted && isInterrupt(cause)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isInterrupt(Throwable thrown) {
    return thrown instanceof InterruptedException
        || thrown instanceof ClosedByInterruptException
        || thrown instanceof InterruptedIOException && !(thrown instanceof SocketTimeoutException);
  }

  @Override
  public void shutdown(BackgroundFailures failures) {
    List<Thread> remaining;
    synchronized (threads) {
      remaining = new ArrayList<>(threads);
    }
    boolean isHandler = remaining.remove(Thread.currentThread());
    interrupted = true;
    remaining.forEach(Thread::interrupt);
    // Two handlers that close their listener must not wait for each other.
    if (!isHandler) {
      awaitEnd(remaining);
      failures.throwIfAny();
    }
  }

  /** Waits until threads have ended, for a time; an interrupt does not end the wait. */
  private void awaitEnd(List<Thread> remaining) {
    long startNanos = System.nanoTime();
    long timeoutNanos = TimeoutFactor.stretch(GRACE_PERIOD).toNanos();
    boolean callerInterrupted = false;
    for (Thread thread : remaining) {
      boolean joined = false;
      while (!joined) {
        try {
          long remainingNanos = timeoutNanos - (System.nanoTime() - startNanos);
          thread.join(Math.max(1, remainingNanos / 1_000_000));
          joined = true;
        } catch (InterruptedException e) {
          callerInterrupted = true;
        }
      }
      reportIfAlive(thread);
    }
    if (callerInterrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Reports once that a thread has not ended; the next close does not wait for it again. */
  private void reportIfAlive(Thread thread) {
    boolean news;
    synchronized (threads) {
      news = threads.remove(thread);
    }
    if (news && thread.isAlive()) {
      failures.add(
          new AssertionError(
              "a handler still runs "
                  + DurationText.words(GRACE_PERIOD)
                  + " after its listener was closed: "
                  + ThreadText.describe(thread)));
    }
  }
}
