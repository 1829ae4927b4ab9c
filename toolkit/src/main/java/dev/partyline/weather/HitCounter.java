package dev.partyline.weather;

import dev.partyline.internal.faults.CutAfterTime;
import dev.partyline.weather.spi.ConnectionDirection;
import dev.partyline.wire.Side;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts what one fault that is up does, connection by connection. */
final class HitCounter {
  /** How many hits are listed for one direction of one connection; the rest is counted. */
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
    // In which direction it is noticed first that time is up is a matter of load.
    boolean bothDirections =
        fault.impairment() instanceof CutAfterTime && fault.target().sender() == null;
    boolean opposite = bothDirections && direction.sender() == Side.SERVER;
    DirectionCounter counter =
        counters.computeIfAbsent(
            opposite ? direction.reversed() : direction, DirectionCounter::new);
    if (bothDirections && counter.count > 0) {
      return;
    }
    counter.count++;
    if (counter.hits.size() < MAX_LISTED_HITS) {
      counter.hits.add(
          new Hit(counter.direction.connection(), counter.direction.sender(), offset, detail));
    }
  }

  /** Forgets what was done to bytes from an offset on. */
  synchronized void forgetFrom(ConnectionDirection direction, long offset) {
    DirectionCounter counter = counters.get(direction);
    if (counter == null) {
      return;
    }
    int sizeBefore = counter.hits.size();
    counter.hits.removeIf(hit -> hit.offset() >= offset);
    counter.count -= sizeBefore - counter.hits.size();
    if (counter.count == 0) {
      counters.remove(direction);
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
              counter.count));
    }
    return new FaultHits(fault, List.copyOf(directions));
  }

  private static final class DirectionCounter {
    final ConnectionDirection direction;
    final List<Hit> hits = new ArrayList<>();
    long count;

    DirectionCounter(ConnectionDirection direction) {
      this.direction = direction;
    }

    /**
     * When a datagram that was overtaken goes on hangs on the clock; what is done to it does not.
     */
    List<Hit> sortedHits() {
      return hits.stream().sorted(BY_OFFSET).toList();
    }
  }
}
