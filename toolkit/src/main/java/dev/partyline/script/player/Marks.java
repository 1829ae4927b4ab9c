package dev.partyline.script.player;

import dev.partyline.internal.text.DurationText;
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
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

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
    listeners.forEach(Runnable::run);
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
   * @param timeout how long to wait, stretched by {@link TimeoutFactor}
   * @throws AssertionError if it is not set in time; the message names the marks that are
   */
  public void await(String name, Duration timeout) {
    long start = System.nanoTime();
    long timeoutNanos = TimeoutFactor.stretch(timeout).toNanos();
    synchronized (marks) {
      while (!marks.contains(name)) {
        long remainingNanos = timeoutNanos - (System.nanoTime() - start);
        if (remainingNanos <= 0) {
          throw new AssertionError(
              "mark '"
                  + name
                  + "' was not set within "
                  + DurationText.words(timeout)
                  + "; set so far: "
                  + marks);
        }
        try {
          marks.wait(remainingNanos / 1_000_000, (int) (remainingNanos % 1_000_000));
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new AssertionError("interrupted while waiting for mark '" + name + "'", e);
        }
      }
    }
  }

  /**
   * Has the action run after each new mark, on the thread that set it, until {@link
   * #removeListener}.
   */
  public void addListener(Runnable listener) {
    listeners.add(listener);
  }

  /**
   * Has an action run no more, but for a mark that is being set.
   *
   * @param listener the very object that was given to {@link #addListener}
   */
  public void removeListener(Runnable listener) {
    listeners.remove(listener);
  }

  @Override
  public String toString() {
    synchronized (marks) {
      return "Board" + marks;
    }
  }
}
