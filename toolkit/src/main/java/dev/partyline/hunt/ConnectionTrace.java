package dev.partyline.hunt;

import java.util.List;
import java.util.function.BiPredicate;

/**
 * What happened on one connection in one run.
 *
 * @param number its number in the recording of the peer
 * @param openedNanos when it was opened, on the clock of the run
 * @param turns what happened, in its order: the same turns however they were cut into reads
 * @param isCut whether more happened than is kept
 */
record ConnectionTrace(
    String peer, int number, long openedNanos, List<TracedTurn> turns, boolean isCut) {
  ConnectionTrace {
    turns = List.copyOf(turns);
  }

  EventPlace place(int event) {
    return new EventPlace(peer, number, event);
  }

  /** Returns how many turns at the beginning are the same as those of another run. */
  int commonTurns(ConnectionTrace other) {
    return common(other, TracedEvent::equals);
  }

  /** Returns how many turns at the beginning are of the same kind and side. */
  int alikeTurns(ConnectionTrace other) {
    return common(other, TracedEvent::isAlike);
  }

  private int common(ConnectionTrace other, BiPredicate<TracedEvent, TracedEvent> same) {
    int count = 0;
    while (count < Math.min(turns.size(), other.turns.size())
        && same.test(turns.get(count).whole(), other.turns.get(count).whole())) {
      count++;
    }
    return count;
  }

  int eventCount() {
    return turns.stream().mapToInt(TracedTurn::size).sum();
  }

  /** Returns when the turn before one ended, or the connection was opened. */
  long nanosBefore(int turn) {
    return turn == 0 ? openedNanos : turns.get(turn - 1).lastNanos();
  }

  long lastNanos() {
    return nanosBefore(turns.size());
  }
}
