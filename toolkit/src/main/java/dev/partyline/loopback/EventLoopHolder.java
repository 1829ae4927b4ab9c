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
class EventLoopHolder implements Runnable {
  private static final Object LOCK = new Object();

  /**
   * Static, for connections of all tests share the loops; else only {@link OpenResource} and the
   * leases of {@link Ports} are, who know what is open in this JVM.
   */
  private static final @Nullable EventLoopHolder[] CURRENT = new @Nullable EventLoopHolder[2];

  private final int place;
  private final boolean rehearsing;
  private final Thread thread;
  private @Nullable EventLoop loop;
  private @Nullable Throwable problem;

  /**
   * Makes one.
   *
   * @param place which of the two loops it is, 0 or 1
   * @param rehearsing whether its loop loads what its first connection will need
   */
  EventLoopHolder(int place, boolean rehearsing) {
    this.place = place;
    this.rehearsing = rehearsing;
    String name = place == 0 ? EventLoop.THREAD : EventLoop.THREAD + "-2";
    // A thread that lives on must not keep what its first user happened to have around it.
    thread = new Thread(null, this, name, 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(EventLoopHolder.class.getClassLoader());
  }

  /**
   * Has a loop come up if there is none, for somebody who is going to {@link EventLoop#enter}.
   *
   * @param place which of the two loops, 0 or 1
   * @param rehearsing whether that one is going to play
   */
  static EventLoopHolder begin(int place, boolean rehearsing) {
    synchronized (LOCK) {
      EventLoopHolder start = CURRENT[place];
      if (start == null) {
        start = new EventLoopHolder(place, rehearsing);
        start.begin();
        CURRENT[place] = start;
      }
      return start;
    }
  }

  /** Returns whether the caller is on one of the loops, which must not wait for one another. */
  static boolean isOnLoop() {
    synchronized (LOCK) {
      for (EventLoopHolder start : CURRENT) {
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
      ClassPreloader.link();
    }
  }

  /** Returns whether nobody has to wait for the loop any more. */
  synchronized boolean isUp() {
    return loop != null;
  }

  @Override
  public void run() {
    EventLoop opened;
    try {
      opened = new EventLoop(open(), thread, this);
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

  private synchronized void settle(@Nullable EventLoop opened, @Nullable Throwable why) {
    loop = opened;
    problem = why;
    notifyAll();
  }

  /**
   * Returns the loop once it is up; an interrupt does not cut that short.
   *
   * @throws LoopbackException if it could not come up
   */
  synchronized EventLoop await() {
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
