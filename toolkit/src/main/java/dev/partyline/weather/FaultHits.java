package dev.partyline.weather;

import dev.partyline.wire.Side;
import java.util.List;

/** What one fault did, in the order of connections. */
record FaultHits(Fault fault, List<Strip> strips) {
  long count() {
    return strips.stream().mapToLong(Strip::count).sum();
  }

  /** What it did to one direction of one connection: the first hits, and how many there were. */
  record Strip(int connection, Side from, boolean stream, List<Hit> hits, long count) {}
}
