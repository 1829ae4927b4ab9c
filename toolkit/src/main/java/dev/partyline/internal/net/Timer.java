package dev.partyline.internal.net;

/**
 * The timer of a handler.
 *
 * <p>Moving it to a later time costs nothing: it goes off at the earlier time and is set again
 * then. So a deadline that moves with every message does not change the heap.
 */
public final class Timer {
  public static final long NEVER = Long.MAX_VALUE;

  final EventHandler handler;

  /** When the handler is to be called. */
  long deadlineNanos = NEVER;

  /** Its time in the heap, at or before {@link #deadlineNanos}. */
  long heapNanos = NEVER;

  /** Its index in the heap, or -1. */
  int index = -1;

  public Timer(EventHandler handler) {
    this.handler = handler;
  }
}
