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
  private final Thread thread;
  private @Nullable Loop loop;
  private @Nullable Throwable problem;

  LoopStart() {
    // A thread that lives on must not keep what its first user happened to have around it.
    thread = new Thread(null, this, Loop.THREAD, 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(Loop.class.getClassLoader());
  }

  void begin() {
    thread.start();
  }

  Selector open() throws IOException {
    return Selector.open();
  }

  @Override
  public void run() {
    Loop opened;
    try {
      opened = new Loop(open(), thread, this);
    } catch (IOException | RuntimeException | Error e) {
      Loop.forget(this);
      settle(null, e);
      return;
    }
    settle(opened, null);
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
