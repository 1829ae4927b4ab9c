package dev.partyline.script;

import dev.partyline.wire.TimeoutFactor;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Where marks are put up: {@code mark NAME} in a script sets one, {@code await NAME} waits for one,
 * and a test does either from Java.
 *
 * <p>A mark stays set. A board belongs to one listener or client unless it is shared. Safe to use
 * from several threads.
 */
public final class Marks {
  private final Set<String> marks = new LinkedHashSet<>();
  private final List<Runnable> watchers = new CopyOnWriteArrayList<>();

  /** Returns a board without marks. */
  public Marks() {}

  /** Sets a mark, which lets every player on that awaits it. */
  public void mark(String name) {
    synchronized (marks) {
      if (!marks.add(name)) {
        return;
      }
      marks.notifyAll();
    }
    watchers.forEach(Runnable::run);
  }

  /** Returns whether a mark is set. */
  public boolean isMarked(String name) {
    synchronized (marks) {
      return marks.contains(name);
    }
  }

  /**
   * Waits until a mark is set.
   *
   * @param name the mark
   * @param atMost how long to wait, stretched by {@link TimeoutFactor}
   * @throws AssertionError if it is not set in time; the message names the marks that are
   */
  public void await(String name, Duration atMost) {
    long start = System.nanoTime();
    long patience = TimeoutFactor.stretch(atMost).toNanos();
    synchronized (marks) {
      while (!marks.contains(name)) {
        long left = patience - (System.nanoTime() - start);
        if (left <= 0) {
          throw new AssertionError(
              "mark '"
                  + name
                  + "' was not set within "
                  + DurationText.print(atMost)
                  + "; set so far: "
                  + marks);
        }
        try {
          marks.wait(left / 1_000_000, (int) (left % 1_000_000));
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new AssertionError("interrupted while waiting for mark '" + name + "'", e);
        }
      }
    }
  }

  /** Has the action run after each new mark, on the thread that set it, until {@link #unwatch}. */
  public void watch(Runnable action) {
    watchers.add(action);
  }

  /**
   * Has an action run no more, but for a mark that is being set.
   *
   * @param action the very object that was given to {@link #watch}
   */
  public void unwatch(Runnable action) {
    watchers.remove(action);
  }

  @Override
  public String toString() {
    synchronized (marks) {
      return "Board" + marks;
    }
  }
}
