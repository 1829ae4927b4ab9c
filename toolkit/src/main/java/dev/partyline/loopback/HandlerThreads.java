package dev.partyline.loopback;

import dev.partyline.wire.TimeoutFactor;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Runs a handler for each connection, each on a daemon thread of its own. */
final class HandlerThreads implements EndpointOwnerFactory {
  private static final Duration GRACE = Duration.ofSeconds(1);
  private static final int FRAMES = 8;

  private final Handler handler;
  private final EndpointOptions settings;
  private final BackgroundFailures problems;

  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean dismissed;

  HandlerThreads(Handler handler, EndpointOptions settings, BackgroundFailures problems) {
    this.handler = handler;
    this.settings = settings;
    this.problems = problems;
  }

  @Override
  public EndpointOwner welcome(Endpoint link) {
    return new BlockingConnection(link, settings, this::begin);
  }

  private void begin(BlockingConnection hand) {
    Thread thread = new Thread(() -> serve(hand), "partyline-handler of " + hand);
    thread.setDaemon(true);
    synchronized (threads) {
      threads.add(thread);
    }
    thread.start();
  }

  private void serve(BlockingConnection hand) {
    try {
      handler.handle(hand);
      hand.close();
    } catch (Throwable thrown) {
      if (!isByClosing(hand, thrown)) {
        problems.add("the handler of " + hand.conversation() + " failed", thrown);
      }
      hand.reset();
    } finally {
      synchronized (threads) {
        threads.remove(Thread.currentThread());
      }
    }
  }

  /** The closing stops those connections that are open, and interrupts all handlers. */
  private boolean isByClosing(BlockingConnection hand, Throwable thrown) {
    for (Throwable at = thrown; at != null; at = at.getCause()) {
      if (hand.wasStopped() && at instanceof LoopbackException || dismissed && isInterrupt(at)) {
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
  public void dismiss(BackgroundFailures problems) {
    List<Thread> left;
    synchronized (threads) {
      left = new ArrayList<>(threads);
    }
    left.remove(Thread.currentThread());
    dismissed = true;
    left.forEach(Thread::interrupt);
    long start = System.nanoTime();
    long patience = TimeoutFactor.stretch(GRACE).toNanos();
    try {
      for (Thread thread : left) {
        long wait = patience - (System.nanoTime() - start);
        thread.join(Math.max(1, wait / 1_000_000));
        if (thread.isAlive()) {
          problems.add(
              new AssertionError(
                  "a handler still runs "
                      + Addresses.time(GRACE)
                      + " after its listener was closed: "
                      + whereabouts(thread)));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Tells where a thread is: its name, its state, and the top of its stack. */
  static String whereabouts(Thread thread) {
    StringBuilder text = new StringBuilder();
    text.append("thread ").append(thread.getName()).append(", ").append(thread.getState());
    StackTraceElement[] stack = thread.getStackTrace();
    for (int i = 0; i < Math.min(FRAMES, stack.length); i++) {
      text.append("\n    at ").append(stack[i]);
    }
    return text.toString();
  }
}
