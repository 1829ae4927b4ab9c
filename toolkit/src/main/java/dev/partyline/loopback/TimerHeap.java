package dev.partyline.loopback;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The timers that are set, as a binary heap: the next one to go off comes first. */
final class TimerHeap {
  private @Nullable Timer[] heap = new @Nullable Timer[16];
  private int size;

  /** Has the timer go off at the time given, in nanoseconds of {@link System#nanoTime()}. */
  void set(Timer timer, long nanos) {
    timer.wanted = nanos;
    if (nanos >= timer.armed) {
      return;
    }
    timer.armed = nanos;
    if (timer.index < 0) {
      if (size == heap.length) {
        heap = Arrays.copyOf(heap, size * 2);
      }
      timer.index = size++;
    }
    up(timer, timer.index);
  }

  void cancel(Timer timer) {
    int index = timer.index;
    timer.wanted = Timer.NEVER;
    timer.armed = Timer.NEVER;
    timer.index = -1;
    if (index < 0) {
      return;
    }
    Timer last = at(--size);
    heap[size] = null;
    if (last != timer) {
      up(last, index);
      down(last, last.index);
    }
  }

  /** Returns when the next timer goes off, or {@link Timer#NEVER}. */
  long next() {
    return size == 0 ? Timer.NEVER : at(0).armed;
  }

  /** Takes a timer whose time has come out of the heap; null if there is none. */
  @Nullable Timer due(long now) {
    while (next() <= now) {
      Timer timer = at(0);
      long wanted = timer.wanted;
      cancel(timer);
      if (wanted <= now) {
        return timer;
      }
      if (wanted != Timer.NEVER) {
        set(timer, wanted);
      }
    }
    return null;
  }

  private void up(Timer timer, int index) {
    int at = index;
    while (at > 0 && at((at - 1) / 2).armed > timer.armed) {
      put(at((at - 1) / 2), at);
      at = (at - 1) / 2;
    }
    put(timer, at);
  }

  private void down(Timer timer, int index) {
    int at = index;
    while (2 * at + 1 < size) {
      int child = 2 * at + 1;
      if (child + 1 < size && at(child + 1).armed < at(child).armed) {
        child++;
      }
      if (at(child).armed >= timer.armed) {
        break;
      }
      put(at(child), at);
      at = child;
    }
    put(timer, at);
  }

  private void put(Timer timer, int index) {
    heap[index] = timer;
    timer.index = index;
  }

  private Timer at(int index) {
    Timer timer = heap[index];
    if (timer == null) {
      throw new IllegalStateException("no timer at " + index + " of " + size);
    }
    return timer;
  }
}
