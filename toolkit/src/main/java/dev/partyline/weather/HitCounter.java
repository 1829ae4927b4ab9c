package dev.partyline.weather;

import dev.partyline.wire.Side;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts what one fault that is up does, connection by connection. */
final class HitCounter {
  /** How many hits are listed for one direction of one connection; the rest is counted. */
  static final int LISTED = 2_000;

  private static final Comparator<ConnectionDirection> ORDER =
      Comparator.comparingInt(ConnectionDirection::connection)
          .thenComparing(ConnectionDirection::from);

  private static final Comparator<Hit> PLACES =
      Comparator.comparingLong(Hit::at).thenComparing(Hit::detail);

  private final Fault fault;
  private final SortedMap<ConnectionDirection, Run> runs = new TreeMap<>(ORDER);

  HitCounter(Fault fault) {
    this.fault = fault;
  }

  synchronized void add(ConnectionDirection direction, long at, String detail) {
    // In which direction it is noticed first that time is up is a matter of load.
    boolean either = fault.impairment() instanceof CutAfterTime && fault.target().from() == null;
    boolean back = either && direction.from() == Side.SERVER;
    Run run = runs.computeIfAbsent(back ? direction.back() : direction, Run::new);
    if (either && run.count > 0) {
      return;
    }
    run.count++;
    if (run.listed.size() < LISTED) {
      run.listed.add(new Hit(run.passage.connection(), run.passage.from(), at, detail));
    }
  }

  /** Forgets what was done to bytes from an offset on. */
  synchronized void forget(ConnectionDirection passage, long offset) {
    Run run = runs.get(passage);
    if (run == null) {
      return;
    }
    int before = run.listed.size();
    run.listed.removeIf(hit -> hit.at() >= offset);
    run.count -= before - run.listed.size();
    if (run.count == 0) {
      runs.remove(passage);
    }
  }

  synchronized FaultHits row() {
    List<FaultHits.Strip> strips = new ArrayList<>();
    for (Run run : runs.values()) {
      ConnectionDirection passage = run.passage;
      strips.add(
          new FaultHits.Strip(
              passage.connection(),
              passage.from(),
              passage.transport().isStream(),
              run.inOrderOfBytes(),
              run.count));
    }
    return new FaultHits(fault, List.copyOf(strips));
  }

  private static final class Run {
    final ConnectionDirection passage;
    final List<Hit> listed = new ArrayList<>();
    long count;

    Run(ConnectionDirection passage) {
      this.passage = passage;
    }

    /**
     * When a datagram that was overtaken goes on hangs on the clock; what is done to it does not.
     */
    List<Hit> inOrderOfBytes() {
      return listed.stream().sorted(PLACES).toList();
    }
  }
}
