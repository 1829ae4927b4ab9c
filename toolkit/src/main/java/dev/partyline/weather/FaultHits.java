package dev.partyline.weather;

import dev.partyline.wire.Side;
import java.util.List;

/** What one fault did, in the order of the connections. */
record FaultHits(Fault fault, List<DirectionHits> directions) {
  long count() {
    return directions.stream().mapToLong(DirectionHits::count).sum();
  }

  long mergeCount() {
    return directions.stream().mapToLong(DirectionHits::mergeCount).sum();
  }

  /**
   * What it did in one direction of one connection: the first hits, how many there were, and how
   * many slices the peer has read with what was before them.
   */
  record DirectionHits(
      int connection, Side sender, boolean stream, List<Hit> hits, long count, long mergeCount) {}
}
