package dev.partyline.internal.net;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** What is to be done on a loop, by whoever asks for it, and whether the loop must be woken up. */
final class TaskQueue {
  private final ArrayDeque<Task> queue = new ArrayDeque<>();
  private boolean asleep;

  private record Task(EventHandler handler, Runnable action) {}

  /** Adds a task; returns whether the loop sleeps, and so has to be woken up. */
  synchronized boolean add(EventHandler handler, Runnable action) {
    boolean wasAsleep = asleep;
    asleep = false;
    queue.add(new Task(handler, action));
    return wasAsleep;
  }

  synchronized boolean isEmpty() {
    return queue.isEmpty();
  }

  /** Returns whether there is nothing to do, so that the loop can go to sleep. */
  synchronized boolean prepareToSleep() {
    asleep = queue.isEmpty();
    return asleep;
  }

  synchronized void wake() {
    asleep = false;
  }

  private synchronized int size() {
    return queue.size();
  }

  private synchronized @Nullable Task next() {
    return queue.poll();
  }

  /**
   * Does everything that is there by now; what comes meanwhile has to wait for channels and timers.
   * To be called on the loop.
   */
  void run() {
    int remaining = size();
    for (Task task = next(); task != null; task = --remaining > 0 ? next() : null) {
      try {
        task.action.run();
      } catch (Throwable e) {
        task.handler.onFailure(e);
      }
    }
  }
}
