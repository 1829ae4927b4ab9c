package dev.partyline.internal.net;

/**
 * The one timer of a target.
 *
 * <p>Asking for a later time costs nothing: the timer goes off at the earlier one, and is set again
 * then. So a deadline that moves with every message never touches the heap.
 */
public final class Timer {
  public static final long NEVER = Long.MAX_VALUE;

  final EventHandler handler;

  /** When the target wants to be woken. */
  long deadlineNanos = NEVER;

  /** When the heap will look at it, at or before {@link #deadlineNanos}. */
  long heapNanos = NEVER;

  /** Where it stands in the heap, or -1. */
  int index = -1;

  public Timer(EventHandler handler) {
    this.handler = handler;
  }
}
