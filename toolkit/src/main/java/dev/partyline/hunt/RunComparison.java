package dev.partyline.hunt;

import dev.partyline.internal.text.Quantity;
import dev.partyline.wire.Side;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** What a failing run did that no passing run has done: made by {@link PassingRuns#compare}. */
public final class RunComparison {
  private static final String SAME =
      "on the wire it did what passing runs did: look at what no connection shows, such as threads,"
          + " clocks, files, and what is left of an earlier test\n";

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
  RunComparison(
      RunTrace failing, List<AlignedRun> runs, Set<Integer> examples, int passingCount) {
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
   * Returns the number that a connection of the failing run has in the nearest passing run; empty
   * if that has none.
   *
   * @param number its number in the failing run
   */
  public OptionalInt counterpart(String peer, int number) {
    return failing.connections().stream()
        .filter(each -> each.peer().equals(peer) && each.number() == number)
        .flatMap(each -> nearest.flatMap(run -> run.counterpart(each)).stream())
        .mapToInt(ConnectionTrace::number)
        .findFirst();
  }

  private String statistics() {
    return "  passing runs: "
        + counts(RunTrace::connectionCount, "connections")
        + ", "
        + counts(RunTrace::eventCount, "events")
        + ", "
        + counts(run -> run.byteCount(Side.CLIENT), "bytes")
        + " of the client, "
        + counts(run -> run.byteCount(Side.SERVER), "bytes")
        + " of the server, "
        + spread(RunTrace::durationNanos).times()
        + "\n  this run: "
        + failing.connectionCount()
        + " connections, "
        + failing.eventCount()
        + " events, "
        + failing.byteCount(Side.CLIENT)
        + " bytes of the client, "
        + failing.byteCount(Side.SERVER)
        + " bytes of the server, "
        + Spread.words(failing.durationNanos())
        + "\n";
  }

  private String counts(ToLongFunction<RunTrace> value, String things) {
    return spread(value).counts() + " " + things;
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
            ? "  " + SAME
            : differences.stream()
                .map(each -> "  " + each + "\n")
                .collect(Collectors.joining());
    return "what it did and "
        + (passingCount == 1 ? "the passing run" : "none of " + Quantity.of(passingCount, "passing run"))
        + kept()
        + " did:\n"
        + lines
        + statistics();
  }
}
