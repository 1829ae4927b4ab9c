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

  /**
   * Static, for connections of all tests share the loops; else only {@link StillOpen} and the
   * leases of {@link Ports} are, who know what is open in this JVM.
   */
  private static final @Nullable LoopStart[] CURRENT = new @Nullable LoopStart[2];

  private final int place;
  private final boolean rehearsing;
  private final Thread thread;
  private @Nullable Loop loop;
  private @Nullable Throwable problem;

  /**
   * Makes one.
   *
   * @param place which of the two loops it is, 0 or 1
   * @param rehearsing whether its loop loads what its first connection will need
   */
  LoopStart(int place, boolean rehearsing) {
    this.place = place;
    this.rehearsing = rehearsing;
    String name = place == 0 ? Loop.THREAD : Loop.THREAD + "-2";
    // A thread that lives on must not keep what its first user happened to have around it.
    thread = new Thread(null, this, name, 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(LoopStart.class.getClassLoader());
  }

  /**
   * Has a loop come up if there is none, for somebody who is going to {@link Loop#enter}.
   *
   * @param place which of the two loops, 0 or 1
   * @param rehearsing whether that one is going to play
   */
  static LoopStart begin(int place, boolean rehearsing) {
    synchronized (LOCK) {
      LoopStart start = CURRENT[place];
      if (start == null) {
        start = new LoopStart(place, rehearsing);
        start.begin();
        CURRENT[place] = start;
      }
      return start;
    }
  }

  /** Returns whether the caller is on one of the loops, which must not wait for one another. */
  static boolean isOnLoop() {
    synchronized (LOCK) {
      for (LoopStart start : CURRENT) {
        if (start != null && start.thread.equals(Thread.currentThread())) {
          return true;
        }
      }
      return false;
    }
  }

  void begin() {
    thread.start();
  }

  /** The next user gets a new loop. */
  void forget() {
    synchronized (LOCK) {
      CURRENT[place] = equals(CURRENT[place]) ? null : CURRENT[place];
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
