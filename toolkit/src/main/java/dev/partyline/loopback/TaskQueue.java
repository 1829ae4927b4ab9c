package dev.partyline.loopback;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** What is to be done on a loop, by whoever asks for it, and whether the loop must be woken up. */
final class TaskQueue {
  private final ArrayDeque<Task> waiting = new ArrayDeque<>();
  private boolean asleep;
  private @Nullable Throwable problem;

  private record Task(EventHandler target, Runnable action) {}

  /** Adds a task; returns whether the loop sleeps, and so has to be woken up. */
  synchronized boolean add(EventHandler target, Runnable action) {
    boolean sleeps = asleep;
    asleep = false;
    waiting.add(new Task(target, action));
    return sleeps;
  }

  /** Has this told to the target of the next task. */
  void failed(Throwable why) {
    problem = why;
  }

  synchronized boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** Returns whether there is nothing to do, so that the loop can go to sleep. */
  synchronized boolean sleep() {
    asleep = waiting.isEmpty();
    return asleep;
  }

  synchronized void wake() {
    asleep = false;
  }

  private synchronized int size() {
    return waiting.size();
  }

  private synchronized @Nullable Task next() {
    return waiting.poll();
  }

  /**
   * Does everything that is there by now; what comes meanwhile has to wait for channels and timers.
   * To be called on the loop.
   */
  void run() {
    int left = size();
    for (Task task = next(); task != null; task = --left > 0 ? next() : null) {
      try {
        Throwable before = problem;
        if (before != null) {
          problem = null;
          task.target.failed(before);
        }
        task.action.run();
      } catch (Throwable e) {
        task.target.failed(e);
      }
    }
  }
}
