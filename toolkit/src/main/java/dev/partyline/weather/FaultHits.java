package dev.partyline.weather;

import dev.partyline.wire.Side;
import java.util.List;

/** What one fault did, in the order of the connections. */
record FaultHits(Fault fault, List<DirectionHits> directions) {
  long count() {
    return directions.stream().mapToLong(DirectionHits::count).sum();
  }

  /** What it did in one direction of one connection: the first hits, and how many there were. */
  record DirectionHits(int connection, Side sender, boolean stream, List<Hit> hits, long count) {}
}
