package dev.partyline.internal.net;

import dev.partyline.loopback.ClassPreloader;
import dev.partyline.wire.LoopbackException;
import java.io.IOException;
import java.nio.channels.Selector;
import org.jspecify.annotations.Nullable;

/**
 * Has a loop come up in its own thread.
 *
 * <p>In a fresh JVM the first selector takes a fifth of the time up to the first answer. Who is
 * going to need the loop has other things to do meanwhile.
 */
public class EventLoopHolder implements Runnable {
  private static final Object LOCK = new Object();

  /**
   * Static, because connections of all tests share the loops. The only other state that they share
   * is what this JVM has open: {@link OpenSocketOwner} and the leases of ports.
   */
  private static final @Nullable EventLoopHolder[] CURRENT = new @Nullable EventLoopHolder[2];

  private final int index;
  private final boolean preloading;
  private final Thread thread;
  private @Nullable EventLoop loop;
  private @Nullable Throwable failure;

  /**
   * Makes one.
   *
   * @param index which of the two loops it is, 0 or 1
   * @param preloading whether its loop loads what its first connection will need
   */
  EventLoopHolder(int index, boolean preloading) {
    this.index = index;
    this.preloading = preloading;
    String name = index == 0 ? EventLoop.THREAD_NAME : EventLoop.THREAD_NAME + "-2";
    // A thread that lives on must not keep what its first user happened to have around it.
    thread = new Thread(null, this, name, 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(EventLoopHolder.class.getClassLoader());
  }

  /**
   * Has a loop come up if there is none, for somebody who is going to {@link EventLoop#acquire}.
   *
   * @param index which of the two loops, 0 or 1
   * @param preloading whether that one is going to play
   */
  public static EventLoopHolder getOrStart(int index, boolean preloading) {
    synchronized (LOCK) {
      EventLoopHolder holder = CURRENT[index];
      if (holder == null) {
        holder = new EventLoopHolder(index, preloading);
        holder.start();
        CURRENT[index] = holder;
      }
      return holder;
    }
  }

  /** Returns whether the caller is on one of the loops, which must not wait for one another. */
  public static boolean isEventLoopThread() {
    synchronized (LOCK) {
      for (EventLoopHolder holder : CURRENT) {
        if (holder != null && holder.thread.equals(Thread.currentThread())) {
          return true;
        }
      }
      return false;
    }
  }

  void start() {
    thread.start();
  }

  /** The next user gets a new loop. */
  void forget() {
    synchronized (LOCK) {
      CURRENT[index] = equals(CURRENT[index]) ? null : CURRENT[index];
    }
  }

  Selector openSelector() throws IOException {
    return Selector.open();
  }

  void preload() {
    if (preloading) {
      ClassPreloader.preloadRecorder();
    }
  }

  /** Returns whether nobody has to wait for the loop any more. */
  public synchronized boolean isRunning() {
    return loop != null;
  }

  @Override
  public void run() {
    EventLoop eventLoop;
    try {
      eventLoop = new EventLoop(openSelector(), thread, this);
    } catch (IOException | RuntimeException | Error e) {
      forget();
      complete(null, e);
      return;
    }
    complete(eventLoop, null);
    try {
      preload();
    } catch (Throwable e) {
      eventLoop.reportStartFailure(e);
    }
    eventLoop.run();
  }

  private synchronized void complete(@Nullable EventLoop eventLoop, @Nullable Throwable cause) {
    loop = eventLoop;
    failure = cause;
    notifyAll();
  }

  /**
   * Returns the loop once it is up; an interrupt does not cut that short.
   *
   * @throws LoopbackException if it could not come up
   */
  synchronized EventLoop await() {
    boolean interrupted = false;
    while (loop == null && failure == null) {
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
      throw new LoopbackException("cannot open a selector: " + failure, failure);
    }
    return loop;
  }
}
