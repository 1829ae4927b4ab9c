package dev.partyline.internal.net;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The timers that are set, in a binary heap: the next one to go off is first. */
final class TimerHeap {
  private @Nullable Timer[] heap = new @Nullable Timer[16];
  private int size;

  /** Sets the timer to a time, in nanoseconds of {@link System#nanoTime()}. */
  void schedule(Timer timer, long nanos) {
    timer.deadlineNanos = nanos;
    if (nanos >= timer.heapNanos) {
      return;
    }
    timer.heapNanos = nanos;
    if (timer.index < 0) {
      if (size == heap.length) {
        heap = Arrays.copyOf(heap, size * 2);
      }
      timer.index = size++;
    }
    siftUp(timer, timer.index);
  }

  void cancel(Timer timer) {
    int index = timer.index;
    timer.deadlineNanos = Timer.NEVER;
    timer.heapNanos = Timer.NEVER;
    timer.index = -1;
    if (index < 0) {
      return;
    }
    Timer last = get(--size);
    heap[size] = null;
    if (last != timer) {
      siftUp(last, index);
      siftDown(last, last.index);
    }
  }

  /** Returns when the next timer goes off, or {@link Timer#NEVER}. */
  long nextNanos() {
    return size == 0 ? Timer.NEVER : get(0).heapNanos;
  }

  /** Removes and returns a timer that is due; null if there is none. */
  @Nullable Timer pollDue(long now) {
    while (nextNanos() <= now) {
      Timer timer = get(0);
      long deadline = timer.deadlineNanos;
      cancel(timer);
      if (deadline <= now) {
        return timer;
      }
      if (deadline != Timer.NEVER) {
        schedule(timer, deadline);
      }
    }
    return null;
  }

  private void siftUp(Timer timer, int index) {
    int slot = index;
    while (slot > 0 && get((slot - 1) / 2).heapNanos > timer.heapNanos) {
      put(get((slot - 1) / 2), slot);
      slot = (slot - 1) / 2;
    }
    put(timer, slot);
  }

  private void siftDown(Timer timer, int index) {
    int slot = index;
    while (2 * slot + 1 < size) {
      int child = 2 * slot + 1;
      if (child + 1 < size && get(child + 1).heapNanos < get(child).heapNanos) {
        child++;
      }
      if (get(child).heapNanos >= timer.heapNanos) {
        break;
      }
      put(get(child), slot);
      slot = child;
    }
    put(timer, slot);
  }

  private void put(Timer timer, int index) {
    heap[index] = timer;
    timer.index = index;
  }

  private Timer get(int index) {
    Timer timer = heap[index];
    if (timer == null) {
      throw new IllegalStateException("no timer at " + index + " of " + size);
    }
    return timer;
  }
}
