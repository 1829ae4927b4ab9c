package dev.partyline.weather;

import dev.partyline.internal.faults.CutAfterTime;
import dev.partyline.weather.spi.ConnectionDirection;
import dev.partyline.wire.Side;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts what one active fault does, by connection and direction. */
final class HitCounter {
  /** How many hits are listed for one direction of one connection; the others are only counted. */
  static final int MAX_LISTED_HITS = 2_000;

  private static final Comparator<ConnectionDirection> BY_CONNECTION =
      Comparator.comparingInt(ConnectionDirection::connection)
          .thenComparing(ConnectionDirection::sender);

  private static final Comparator<Hit> BY_OFFSET =
      Comparator.comparingLong(Hit::offset).thenComparing(Hit::detail);

  private final Fault fault;
  private final SortedMap<ConnectionDirection, DirectionCounter> counters =
      new TreeMap<>(BY_CONNECTION);

  HitCounter(Fault fault) {
    this.fault = fault;
  }

  synchronized void add(ConnectionDirection direction, long offset, String detail) {
    DirectionCounter counter =
        counters.computeIfAbsent(countedDirection(direction), DirectionCounter::new);
    if (hitsWholeConnection() && counter.count > 0) {
      return;
    }
    counter.count++;
    if (counter.hits.size() < MAX_LISTED_HITS) {
      counter.hits.add(
          new Hit(counter.direction.connection(), counter.direction.sender(), offset, detail));
    }
  }

  /** The direction in which a hit is noticed first may depend on the load of the machine. */
  private ConnectionDirection countedDirection(ConnectionDirection direction) {
    boolean opposite = hitsWholeConnection() && direction.sender() == Side.SERVER;
    return opposite ? direction.reversed() : direction;
  }

  /** Returns whether the fault hits a connection once, in whichever direction that is noticed. */
  private boolean hitsWholeConnection() {
    return fault.impairment() instanceof CutAfterTime && fault.target().sender() == null;
  }

  /** Counts a slice that is not apart from what was before. */
  synchronized void addMerge(ConnectionDirection direction) {
    counters.computeIfAbsent(direction, DirectionCounter::new).mergeCount++;
  }

  /** Takes back the hit at an offset. */
  synchronized void forgetAt(ConnectionDirection direction, long offset) {
    DirectionCounter counter = counters.computeIfAbsent(direction, DirectionCounter::new);
    boolean listed = counter.hits.removeIf(hit -> hit.offset() == offset);
    counter.count -= listed || counter.count > MAX_LISTED_HITS ? 1 : 0;
  }

  /** Forgets hits from an offset on, and a cut by time, which has none. */
  synchronized void forgetFrom(ConnectionDirection direction, long offset) {
    DirectionCounter counter = counters.get(countedDirection(direction));
    if (counter == null) {
      return;
    }
    int sizeBefore = counter.hits.size();
    counter.hits.removeIf(hit -> hit.offset() >= offset || hit.offset() < 0);
    counter.count -= sizeBefore - counter.hits.size();
    if (counter.count == 0 && counter.mergeCount == 0) {
      counters.remove(counter.direction);
    }
  }

  synchronized FaultHits snapshot() {
    List<FaultHits.DirectionHits> directions = new ArrayList<>();
    for (DirectionCounter counter : counters.values()) {
      ConnectionDirection direction = counter.direction;
      directions.add(
          new FaultHits.DirectionHits(
              direction.connection(),
              direction.sender(),
              direction.transport().isStream(),
              counter.sortedHits(),
              counter.count,
              counter.mergeCount));
    }
    return new FaultHits(fault, List.copyOf(directions));
  }

  private static final class DirectionCounter {
    final ConnectionDirection direction;
    final List<Hit> hits = new ArrayList<>();
    long count;
    long mergeCount;

    DirectionCounter(ConnectionDirection direction) {
      this.direction = direction;
    }

    /**
     * Returns the hits in an order that does not depend on the clock, as that of datagrams does.
     */
    List<Hit> sortedHits() {
      return hits.stream().sorted(BY_OFFSET).toList();
    }
  }
}
