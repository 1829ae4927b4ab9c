package dev.partyline.loopback;

import java.io.IOException;
import java.nio.channels.Selector;
import org.jspecify.annotations.Nullable;

/**
 * Has a loop come up in its own thread.
 *
 * <p>In a fresh JVM the first selector takes a fifth of the time up to the first answer. Who is
 * going to need the loop has other things to do meanwhile.
 */
class LoopStart implements Runnable {
  private static final Object LOCK = new Object();

  /** The only static mutable state of the library: connections of all tests share one thread. */
  private static @Nullable LoopStart current;

  private final boolean rehearsing;
  private final Thread thread;
  private @Nullable Loop loop;
  private @Nullable Throwable problem;

  /**
   * Makes one.
   *
   * @param rehearsing whether its loop loads what its first connection will need
   */
  LoopStart(boolean rehearsing) {
    this.rehearsing = rehearsing;
    // A thread that lives on must not keep what its first user happened to have around it.
    thread = new Thread(null, this, Loop.THREAD, 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(LoopStart.class.getClassLoader());
  }

  /**
   * Has a loop come up if there is none, for somebody who is going to {@link Loop#enter}.
   *
   * @param rehearsing whether that one is going to play
   */
  static LoopStart begin(boolean rehearsing) {
    synchronized (LOCK) {
      LoopStart start = current;
      if (start == null) {
        start = new LoopStart(rehearsing);
        start.begin();
        current = start;
      }
      return start;
    }
  }

  void begin() {
    thread.start();
  }

  /** The next user gets a new loop. */
  void forget() {
    synchronized (LOCK) {
      current = current == this ? null : current;
    }
  }

  Selector open() throws IOException {
    return Selector.open();
  }

  void rehearse() {
    if (rehearsing) {
      Rehearsal.link();
    }
  }

  /** Returns whether nobody has to wait for the loop any more. */
  synchronized boolean isUp() {
    return loop != null;
  }

  @Override
  public void run() {
    Loop opened;
    try {
      opened = new Loop(open(), thread, this);
    } catch (IOException | RuntimeException | Error e) {
      forget();
      settle(null, e);
      return;
    }
    settle(opened, null);
    try {
      rehearse();
    } catch (Throwable e) {
      opened.isUnready(e);
    }
    opened.run();
  }

  private synchronized void settle(@Nullable Loop opened, @Nullable Throwable why) {
    loop = opened;
    problem = why;
    notifyAll();
  }

  /**
   * Returns the loop once it is up; an interrupt does not cut that short.
   *
   * @throws LoopbackException if it could not come up
   */
  synchronized Loop await() {
    boolean interrupted = false;
    while (loop == null && problem == null) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (loop == null) {
      throw new LoopbackException("cannot open a selector: " + problem, problem);
    }
    return loop;
  }
}
