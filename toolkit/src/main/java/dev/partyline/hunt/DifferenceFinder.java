package dev.partyline.hunt;

import dev.partyline.hunt.ConnectionComparison.PieceDifference;
import dev.partyline.hunt.ConnectionComparison.TimeSample;
import dev.partyline.hunt.RunDifference.Kind;
import dev.partyline.internal.text.Quantity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** Finds what a failing run did that no passing run has done. */
final class DifferenceFinder {
  /** What is more follows from the first. */
  private static final int MAX_OF_KIND = 3;

  /** An assertion that fails loads classes first, for longer than one that does not. */
  private static final long MIN_LAST_GAP_NANOS = 1_000_000_000;

  private final RunTrace failing;
  private final List<AlignedRun> runs;
  private final List<RunDifference> differences = new ArrayList<>();

  private DifferenceFinder(RunTrace failing, List<AlignedRun> runs) {
    this.failing = failing;
    this.runs = runs;
  }

  /** Returns the differences, the first diverging event first; none if nothing has passed. */
  static List<RunDifference> find(RunTrace failing, List<AlignedRun> runs) {
    DifferenceFinder finder = new DifferenceFinder(failing, runs);
    if (!runs.isEmpty()) {
      finder.compare();
    }
    return finder.differences;
  }

  private void compare() {
    List<ConnectionComparison> comparisons =
        failing.connections().stream().map(this::compare).toList();
    addDivergences(comparisons);
    NewOrder.find(failing.connections(), runs).ifPresent(this::addOrder);
    addGaps(comparisons);
    addConnectionCounts();
    addEnds();
    comparisons.forEach(
        each ->
            each.pieces()
                .filter(pieces -> countOf(Kind.PIECES) < MAX_OF_KIND)
                .ifPresent(pieces -> addPieces(each.failing(), pieces)));
  }

  private ConnectionComparison compare(ConnectionTrace connection) {
    return new ConnectionComparison(
        connection, runs.stream().flatMap(run -> run.counterpart(connection).stream()).toList());
  }

  private void add(Kind kind, String text, EventPlace place) {
    differences.add(new RunDifference(kind, text, Optional.of(place)));
  }

  private long countOf(Kind kind) {
    return differences.stream().filter(each -> each.kind() == kind).count();
  }

  /** What is missing at the end of a connection is told only if nothing else is different. */
  private void addDivergences(List<ConnectionComparison> comparisons) {
    List<ConnectionComparison> diverging =
        comparisons.stream()
            .filter(each -> each.divergence().isPresent())
            .sorted(Comparator.comparingLong(each -> each.divergence().orElseThrow().nanos()))
            .toList();
    boolean someHappened =
        diverging.stream().anyMatch(each -> each.divergence().orElseThrow().actual().isPresent());
    for (ConnectionComparison each : diverging) {
      Divergence divergence = each.divergence().orElseThrow();
      if (countOf(Kind.EVENT) < MAX_OF_KIND && (divergence.actual().isPresent() || !someHappened)) {
        add(
            Kind.EVENT,
            "event "
                + divergence.number()
                + " of "
                + name(each.failing())
                + ": "
                + divergence.describe(),
            each.failing().place(divergence.number()));
      }
    }
  }

  private void addOrder(NewOrder.SwappedEvents pair) {
    add(
        Kind.ORDER,
        name(pair.first())
            + " came "
            + Spread.words(pair.nanos())
            + " before "
            + name(pair.second())
            + "; in "
            + Quantity.of(pair.others().count(), "passing run")
            + " it came after it, by "
            + pair.others().times(),
        pair.first().connection().place(pair.first().number()));
  }

  private void addGaps(List<ConnectionComparison> comparisons) {
    long firstNanos =
        failing.connections().stream().mapToLong(ConnectionTrace::openedNanos).min().orElse(0);
    for (ConnectionComparison each : comparisons) {
      for (TimeSample sample : each.samples()) {
        addGap(
            sample.gap(),
            sample.others(),
            "event " + sample.number() + " of " + name(each.failing()),
            Optional.of(sample.event()),
            each.failing().place(sample.number()));
      }
      addGap(
          each.failing().openedNanos() - firstNanos,
          openingGaps(each.failing()),
          "the opening of " + name(each.failing()),
          Optional.empty(),
          each.failing().place(0));
    }
    addLastGap();
  }

  /** Returns how long after the first connection one was opened in the passing runs. */
  private List<Long> openingGaps(ConnectionTrace connection) {
    return runs.stream()
        .flatMap(
            run ->
                run.counterpart(connection).stream()
                    .map(
                        other ->
                            other.openedNanos() - run.passing().connections().get(0).openedNanos()))
        .toList();
  }

  private void addLastGap() {
    ToLongFunction<RunTrace> rest = run -> run.durationNanos() - run.lastNanos();
    Spread others = spread(rest);
    long gap = rest.applyAsLong(failing);
    if (gap >= MIN_LAST_GAP_NANOS && others.isFarBelow(gap)) {
      differences.add(
          new RunDifference(
              Kind.GAP,
              Spread.words(gap)
                  + " passed after the last event until it failed; in passing runs "
                  + others.times()
                  + " until the end",
              Optional.empty()));
    }
  }

  private void addGap(
      long gap, List<Long> others, String what, Optional<TracedEvent> event, EventPlace place) {
    Spread spread = new Spread(others);
    if (countOf(Kind.GAP) < MAX_OF_KIND && spread.isFarBelow(gap)) {
      add(
          Kind.GAP,
          Spread.words(gap)
              + " passed before "
              + what
              + event.map(each -> " (" + each.describe(0) + ")").orElse("")
              + "; in "
              + Quantity.of(spread.count(), "passing run")
              + " "
              + spread.times(),
          place);
    }
  }

  private void addConnectionCounts() {
    for (String peer : failing.peers()) {
      Spread others = spread(run -> run.connectionCount(peer));
      Set<Long> counts =
          runs.stream()
              .map(run -> (long) run.passing().connectionCount(peer))
              .collect(Collectors.toSet());
      if (!counts.contains((long) failing.connectionCount(peer))) {
        differences.add(
            new RunDifference(
                Kind.CONNECTIONS,
                Quantity.of(failing.connectionCount(peer), "connection")
                    + " of `"
                    + peer
                    + "`: "
                    + Quantity.of(runs.size(), "passing run")
                    + " had "
                    + others.counts(),
                Optional.empty()));
      }
    }
  }

  private void addEnds() {
    Set<EventPlace> told = new LinkedHashSet<>();
    differences.forEach(each -> each.place().ifPresent(told::add));
    for (ConnectionTrace connection : failing.connections()) {
      for (TracedTurn turn : connection.turns()) {
        EventPlace place = connection.place(turn.number(0));
        if (turn.whole().isEnd() && !told.contains(place)) {
          addEnd(connection, turn.whole(), place);
        }
      }
    }
  }

  private void addEnd(ConnectionTrace connection, TracedEvent end, EventPlace place) {
    Map<String, Integer> others = new LinkedHashMap<>();
    for (AlignedRun run : runs) {
      Optional<ConnectionTrace> other = run.counterpart(connection);
      if (other.isPresent()) {
        List<TracedEvent> ends =
            other.get().turns().stream()
                .map(TracedTurn::whole)
                .filter(each -> each.isEnd() && each.side() == end.side())
                .toList();
        if (ends.contains(end)) {
          return;
        }
        String text = ends.isEmpty() ? "none" : ends.get(0).describe(0);
        others.merge(text, 1, Integer::sum);
      }
    }
    if (!others.isEmpty() && countOf(Kind.END) < MAX_OF_KIND) {
      add(
          Kind.END,
          "the end of " + name(connection) + " was " + end.describe(0) + ": " + counts(others),
          place);
    }
  }

  private void addPieces(ConnectionTrace connection, PieceDifference pieces) {
    add(
        Kind.PIECES,
        "what the "
            + pieces.turn().whole().side()
            + " sent from event "
            + pieces.number()
            + " of "
            + name(connection)
            + " on came as "
            + pieces.turn().pieces()
            + ": "
            + counts(pieces.others()),
        connection.place(pieces.number()));
  }

  private static String counts(Map<String, Integer> others) {
    return others.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .limit(MAX_OF_KIND)
        .map(each -> Quantity.of(each.getValue(), "passing run") + " had " + each.getKey())
        .collect(Collectors.joining(", "));
  }

  private String name(NewOrder.SwappedEvent place) {
    String connection = name(place.connection());
    return place
        .event()
        .map(event -> event.describe(0) + " (event " + place.number() + " of " + connection + ")")
        .orElse("the opening of " + connection);
  }

  private Spread spread(ToLongFunction<RunTrace> value) {
    return new Spread(runs.stream().map(run -> value.applyAsLong(run.passing())).toList());
  }

  private String name(ConnectionTrace connection) {
    return "connection "
        + connection.number()
        + (failing.peers().size() > 1 ? " of `" + connection.peer() + "`" : "");
  }
}
