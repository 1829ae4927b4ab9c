package dev.partyline.loopback;

/**
 * The one timer of a target.
 *
 * <p>Asking for a later time costs nothing: the timer goes off at the earlier one, and is set again
 * then. So a deadline that moves with every message never touches the heap.
 */
final class Timer {
  static final long NEVER = Long.MAX_VALUE;

  final EventHandler target;

  /** When the target wants to be woken. */
  long wanted = NEVER;

  /** When the heap will look at it, at or before {@link #wanted}. */
  long armed = NEVER;

  /** Where it stands in the heap, or -1. */
  int index = -1;

  Timer(EventHandler target) {
    this.target = target;
  }
}
