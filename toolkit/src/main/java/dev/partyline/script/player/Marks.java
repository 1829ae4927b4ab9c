package dev.partyline.script.player;

import dev.partyline.internal.text.DurationText;
import dev.partyline.wire.TimeoutFactor;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The marks that are set: {@code mark NAME} in a script sets one, {@code await NAME} waits for one,
 * and a test does either from Java.
 *
 * <p>A mark stays set. Each listener or client has marks of its own, unless they are shared. Safe
 * to use from several threads.
 */
public final class Marks {
  /** When each was set, by {@link System#nanoTime()}, in the order in which they were. */
  private final Map<String, Long> marks = new LinkedHashMap<>();

  /** How many blocks of scripts that have not ended set each mark; none for marks of tests. */
  private final Map<String, Integer> setters = new HashMap<>();

  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  /** Starts without any mark. */
  public Marks() {}

  /** Sets a mark; every player that awaits it goes on. */
  public void mark(String name) {
    synchronized (marks) {
      if (marks.putIfAbsent(name, System.nanoTime()) != null) {
        return;
      }
      marks.notifyAll();
    }
    listeners.forEach(Runnable::run);
  }

  /** Returns whether a mark is set. */
  public boolean isMarked(String name) {
    synchronized (marks) {
      return marks.containsKey(name);
    }
  }

  /** Takes note of a block of a script that sets these marks. */
  void addSetter(Set<String> names) {
    synchronized (marks) {
      names.forEach(name -> setters.merge(name, 1, Integer::sum));
    }
  }

  /** Takes note that such a block has ended; every player that awaits a mark looks again. */
  void removeSetter(Set<String> names) {
    if (names.isEmpty()) {
      return;
    }
    synchronized (marks) {
      names.forEach(name -> setters.merge(name, -1, Integer::sum));
    }
    listeners.forEach(Runnable::run);
  }

  /** Returns whether no script sets a mark, so that it is left to the test, or one still may. */
  boolean canBeSet(String name) {
    synchronized (marks) {
      return setters.getOrDefault(name, 1) > 0;
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
      while (!marks.containsKey(name)) {
        long remainingNanos = timeoutNanos - (System.nanoTime() - start);
        if (remainingNanos <= 0) {
          throw new AssertionError(
              "mark '"
                  + name
                  + "' was not set within "
                  + DurationText.words(timeout)
                  + "; set so far: "
                  + marks.keySet());
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
   * Runs the action after each new mark, on the thread that set it, until {@link #removeListener}.
   */
  public void addListener(Runnable listener) {
    listeners.add(listener);
  }

  /**
   * Stops running an action; it may still run for a mark that is being set.
   *
   * @param listener the same object that was given to {@link #addListener}
   */
  public void removeListener(Runnable listener) {
    listeners.remove(listener);
  }

  /** Returns the marks that are set, in the order in which they were. */
  List<String> names() {
    synchronized (marks) {
      return List.copyOf(marks.keySet());
    }
  }

  /**
   * Returns the marks that are set, in the order in which they were, and when: in nanoseconds, as
   * {@link System#nanoTime()} has them.
   */
  public Map<String, Long> times() {
    synchronized (marks) {
      return Collections.unmodifiableMap(new LinkedHashMap<>(marks));
    }
  }

  @Override
  public String toString() {
    synchronized (marks) {
      return "Marks" + marks.keySet();
    }
  }
}
