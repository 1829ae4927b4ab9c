package dev.partyline.hunt;

import dev.partyline.internal.text.Quantity;
import dev.partyline.wire.Side;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** What a failing run did that no passing run has done: made by {@link PassingRuns#compare}. */
public final class RunComparison {
  private static final String SAME =
      "on the wire it did what passing runs did: look at what no connection shows, such as threads,"
          + " clocks, files, and what is left of an earlier test";

  private static final String TOO_FEW =
      "the same events on the same connections; an order and a gap in time are compared with "
          + NewOrder.MIN_RUNS
          + " passing runs or more";

  private final RunTrace failing;
  private final List<AlignedRun> runs;
  private final int passingCount;
  private final Optional<AlignedRun> nearest;
  private final List<RunDifference> differences;

  /**
   * Compares.
   *
   * @param examples those of the passing runs one of which may be the nearest
   * @param passingCount how many have passed, with those that are not kept
   */
  RunComparison(RunTrace failing, List<AlignedRun> runs, Set<Integer> examples, int passingCount) {
    this.failing = failing;
    this.runs = runs;
    this.passingCount = passingCount;
    this.nearest =
        runs.stream()
            .filter(run -> examples.contains(run.ordinal()))
            // Of equal ones the newest.
            .reduce((one, other) -> other.likeness() >= one.likeness() ? other : one);
    this.differences = List.copyOf(DifferenceFinder.find(failing, runs));
  }

  /** Returns how many runs had passed before. */
  public int passingCount() {
    return passingCount;
  }

  /**
   * Returns what was different: the first diverging event first, if one diverges; empty if nothing
   * was, or no run has passed.
   */
  public List<RunDifference> differences() {
    return differences;
  }

  /** Returns the first event that is part of a difference, if one is. */
  public Optional<EventPlace> place() {
    return differences.stream().flatMap(each -> each.place().stream()).findFirst();
  }

  /**
   * Returns which of {@link PassingRuns#examples()} is most like the failing run; empty if no run
   * has passed.
   */
  public OptionalInt nearest() {
    return nearest.stream().mapToInt(AlignedRun::ordinal).findFirst();
  }

  /**
   * Returns which connection of the failing run is which of the nearest passing run: those of the
   * failing run in the order in which they were opened, and then those that it did not have.
   */
  public List<ConnectionPair> connections() {
    List<ConnectionPair> pairs = new ArrayList<>();
    Set<ConnectionTrace> taken = Collections.newSetFromMap(new IdentityHashMap<>());
    for (ConnectionTrace each : failing.connections()) {
      Optional<ConnectionTrace> other = nearest.flatMap(run -> run.counterpart(each));
      other.ifPresent(taken::add);
      pairs.add(new ConnectionPair(each.peer(), each.number(), number(other)));
    }
    nearest.stream()
        .flatMap(run -> run.passing().connections().stream())
        .filter(each -> !taken.contains(each))
        .forEach(each -> pairs.add(new ConnectionPair(each.peer(), 0, each.number())));
    return pairs;
  }

  private static int number(Optional<ConnectionTrace> connection) {
    return connection.map(ConnectionTrace::number).orElse(0);
  }

  private String statistics() {
    return "  passing runs: "
        + amounts(value -> spread(value).counts())
        + spread(RunTrace::durationNanos).times()
        + "\n  this run: "
        + amounts(value -> Long.toString(value.applyAsLong(failing)))
        + Spread.words(failing.durationNanos())
        + "\n";
  }

  private static String amounts(Function<ToLongFunction<RunTrace>, String> text) {
    return "connections "
        + text.apply(RunTrace::connectionCount)
        + ", events "
        + text.apply(RunTrace::eventCount)
        + ", bytes of the client "
        + text.apply(run -> run.byteCount(Side.CLIENT))
        + ", of the server "
        + text.apply(run -> run.byteCount(Side.SERVER))
        + ", time ";
  }

  private Spread spread(ToLongFunction<RunTrace> value) {
    return new Spread(runs.stream().map(run -> value.applyAsLong(run.passing())).toList());
  }

  private String kept() {
    return runs.size() < passingCount ? " (compared with the last " + runs.size() + ")" : "";
  }

  /** Returns all of it in lines: the differences, then how much there was in the passing runs. */
  @Override
  public String toString() {
    if (runs.isEmpty()) {
      return "no run had passed before: there is nothing to compare it with\n";
    }
    String lines =
        differences.isEmpty()
            ? "  " + (passingCount < NewOrder.MIN_RUNS ? TOO_FEW : SAME) + "\n"
            : differences.stream().map(each -> "  " + each + "\n").collect(Collectors.joining());
    return "what it did and "
        + (passingCount == 1
            ? "the passing run did not"
            : "none of " + Quantity.of(passingCount, "passing run") + kept() + " did")
        + ":\n"
        + lines
        + statistics();
  }
}
