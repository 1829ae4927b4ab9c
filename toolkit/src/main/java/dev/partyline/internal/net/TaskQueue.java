package dev.partyline.internal.net;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** The tasks of a loop, and whether the loop must be woken up for them. */
final class TaskQueue {
  private final ArrayDeque<Task> queue = new ArrayDeque<>();
  private boolean asleep;

  private record Task(EventHandler handler, Runnable action) {}

  /** Adds a task; returns whether the loop sleeps and has to be woken up. */
  synchronized boolean add(EventHandler handler, Runnable action) {
    boolean wasAsleep = asleep;
    asleep = false;
    queue.add(new Task(handler, action));
    return wasAsleep;
  }

  synchronized boolean isEmpty() {
    return queue.isEmpty();
  }

  /** Returns whether there is no task, so that the loop can go to sleep. */
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
   * Runs the tasks that are queued by now; those that are added meanwhile wait until channels and
   * timers had their turn. Called on the loop.
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
