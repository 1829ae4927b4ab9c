package dev.partyline.hunt;

import java.util.Arrays;
import java.util.List;

/** What a side sent until the other one did something, or one other event, as in one run. */
final class TracedTurn {
  private final TracedEvent whole;
  private final TracedEvent[] events;
  private final long[] nanos;
  private final int firstNumber;

  /**
   * Makes one.
   *
   * @param whole all of it as one event, however it was cut into reads
   * @param events the reads that it came in; itself if it is not of bytes
   * @param nanos when each was seen, on the clock of the run
   * @param firstNumber which of the events of the conversation the first one is, from 1
   */
  TracedTurn(TracedEvent whole, List<TracedEvent> events, List<Long> nanos, int firstNumber) {
    this.whole = whole;
    this.events = events.toArray(TracedEvent[]::new);
    this.nanos = nanos.stream().mapToLong(Long::longValue).toArray();
    this.firstNumber = firstNumber;
  }

  TracedEvent whole() {
    return whole;
  }

  int size() {
    return events.length;
  }

  TracedEvent event(int index) {
    return events[index];
  }

  long nanos(int index) {
    return nanos[index];
  }

  long firstNanos() {
    return nanos[0];
  }

  long lastNanos() {
    return nanos[nanos.length - 1];
  }

  /** Returns which of the events of the conversation one is, from 1. */
  int number(int index) {
    return firstNumber + index;
  }

  /** Returns how many events at the beginning are the same. */
  int commonEvents(TracedTurn other) {
    int mismatch = Arrays.mismatch(events, other.events);
    return mismatch < 0 ? events.length : mismatch;
  }

  boolean hasSamePieces(TracedTurn other) {
    return Arrays.equals(events, other.events);
  }

  /** Returns the sizes of its reads, as in {@code 2 + 4 bytes}. */
  String pieces() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < Math.min(events.length, 5); i++) {
      text.append(i == 0 ? "" : " + ").append(events[i].byteCount());
    }
    return text + (events.length > 5 ? " + …" : "") + (whole.byteCount() == 1 ? " byte" : " bytes");
  }

  /** Returns which event begins after so many bytes; -1 if none does. */
  int indexAt(long offset) {
    long sum = 0;
    for (int i = 0; i < events.length; i++) {
      if (sum == offset) {
        return i;
      }
      sum += events[i].byteCount();
    }
    return -1;
  }
}
