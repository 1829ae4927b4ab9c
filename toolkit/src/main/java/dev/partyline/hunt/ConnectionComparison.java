package dev.partyline.hunt;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A connection of a failing run beside the same connection of passing runs, turn by turn, as long
 * as some of these are the same.
 */
final class ConnectionComparison {
  /** Of fewer runs it is not known whether what they sent differs each time. */
  private static final int MIN_VARYING = 3;

  private final ConnectionTrace failing;
  private final int total;
  private final List<TimeSample> samples = new ArrayList<>();

  /** Those that are the same so far. */
  private List<ConnectionTrace> same;

  private @Nullable Divergence divergence;
  private @Nullable PieceDifference pieces;

  /**
   * How long it took until an event, beside the times of passing runs.
   *
   * @param number which event of the connection it is, from 1
   */
  record TimeSample(int number, TracedEvent event, long gap, List<Long> others) {}

  /**
   * What came in other reads than in any passing run.
   *
   * @param number the first of its events, from 1
   * @param others in which reads it came how often
   */
  record PieceDifference(int number, TracedTurn turn, Map<String, Integer> others) {}

  ConnectionComparison(ConnectionTrace failing, List<ConnectionTrace> passing) {
    this.failing = failing;
    this.total = passing.size();
    this.same = passing;
    for (int turn = 0; divergence == null && !same.isEmpty(); turn++) {
      if (turn == failing.turns().size()) {
        compareEnd(turn);
        return;
      }
      compare(turn);
    }
  }

  ConnectionTrace failing() {
    return failing;
  }

  Optional<Divergence> divergence() {
    return Optional.ofNullable(divergence);
  }

  Optional<PieceDifference> pieces() {
    return Optional.ofNullable(pieces);
  }

  List<TimeSample> samples() {
    return samples;
  }

  private void compareEnd(int turn) {
    if (!failing.isCut() && same.stream().allMatch(each -> each.turns().size() > turn)) {
      diverge(turn, 0, same);
    }
  }

  private void compare(int turn) {
    TracedTurn actual = failing.turns().get(turn);
    List<ConnectionTrace> alike =
        same.stream()
            .filter(each -> turn < each.turns().size())
            .filter(each -> each.turns().get(turn).whole().isAlike(actual.whole()))
            .toList();
    List<ConnectionTrace> equal =
        alike.stream()
            .filter(each -> each.turns().get(turn).whole().equals(actual.whole()))
            .toList();
    boolean varies = varies(actual.whole(), alike, turn);
    if (varies || !equal.isEmpty()) {
      same = varies ? alike : equal;
      if (!varies) {
        comparePieces(actual, turn);
      }
      addSamples(actual, turn, varies ? 1 : actual.size());
      return;
    }
    int common = alike.stream().mapToInt(each -> commonEvents(each, actual, turn)).max().orElse(0);
    diverge(
        turn,
        common,
        common == 0
            ? same
            : alike.stream().filter(each -> commonEvents(each, actual, turn) == common).toList());
  }

  private static int commonEvents(ConnectionTrace each, TracedTurn actual, int turn) {
    return each.turns().get(turn).commonEvents(actual);
  }

  /**
   * Returns whether other bytes are to be expected in each run: they differ in most of them, as a
   * random number does, or what was sent once and then no more is not sent again, as a time. A size
   * that no run had is not expected where all had one.
   */
  private static boolean varies(TracedEvent actual, List<ConnectionTrace> alike, int turn) {
    if (alike.size() < MIN_VARYING || actual.kind() != TracedEvent.Kind.SENT) {
      return false;
    }
    Set<TracedEvent> different = new HashSet<>();
    Set<Long> sizes = new HashSet<>();
    TracedEvent last = null;
    int changes = 0;
    for (ConnectionTrace each : alike) {
      TracedEvent event = each.turns().get(turn).whole();
      changes += event.equals(last) ? 0 : 1;
      last = event;
      different.add(event);
      sizes.add(event.byteCount());
    }
    boolean neverReturns = different.size() >= MIN_VARYING && changes == different.size();
    return (neverReturns || different.size() * 2 > alike.size())
        && (sizes.size() > 1 || sizes.contains(actual.byteCount()));
  }

  private void comparePieces(TracedTurn actual, int turn) {
    if (pieces == null
        && same.stream().noneMatch(each -> each.turns().get(turn).hasSamePieces(actual))) {
      Map<String, Integer> others = new LinkedHashMap<>();
      same.forEach(each -> others.merge(each.turns().get(turn).pieces(), 1, Integer::sum));
      pieces = new PieceDifference(actual.number(0), actual, others);
    }
  }

  private void addSamples(TracedTurn actual, int turn, int count) {
    long offset = 0;
    for (int i = 0; i < count; i++) {
      long start = offset;
      int index = i;
      List<Long> others =
          same.stream().map(each -> gap(each, turn, index == 0 ? 0 : start)).toList();
      long before = i == 0 ? failing.nanosBefore(turn) : actual.nanos(i - 1);
      samples.add(
          new TimeSample(actual.number(i), actual.event(i), actual.nanos(i) - before, others));
      offset += actual.event(i).byteCount();
    }
  }

  /** Returns how long it took until a byte came; what came with the one before took no time. */
  private static long gap(ConnectionTrace connection, int turn, long offset) {
    TracedTurn other = connection.turns().get(turn);
    if (offset == 0) {
      return other.firstNanos() - connection.nanosBefore(turn);
    }
    int index = other.indexAt(offset);
    return index <= 0 ? 0 : other.nanos(index) - other.nanos(index - 1);
  }

  /**
   * Notes that no passing run goes on as this one.
   *
   * @param turn the turn that is different
   * @param common how many of its events are the same
   * @param passing those that have as many
   */
  private void diverge(int turn, int common, List<ConnectionTrace> passing) {
    NextEvent actual = next(failing, turn, common);
    Map<Optional<TracedEvent>, Integer> others = new LinkedHashMap<>();
    List<Long> gaps = new ArrayList<>();
    for (ConnectionTrace each : passing) {
      NextEvent other = next(each, turn, common);
      others.merge(other.event(), 1, Integer::sum);
      if (other.event().isPresent()) {
        gaps.add(other.gap());
      }
    }
    divergence = new Divergence(actual.number(), actual.event(), actual.nanos(), others, total);
    actual
        .event()
        .ifPresent(
            event -> samples.add(new TimeSample(actual.number(), event, actual.gap(), gaps)));
  }

  private record NextEvent(Optional<TracedEvent> event, int number, long nanos, long gap) {}

  /** Returns what follows so many events of a turn, which may be the next turn. */
  private static NextEvent next(ConnectionTrace connection, int turn, int common) {
    List<TracedTurn> turns = connection.turns();
    int nextTurn = turn < turns.size() && common == turns.get(turn).size() ? turn + 1 : turn;
    int index = nextTurn == turn ? common : 0;
    if (nextTurn >= turns.size()) {
      int number = turns.isEmpty() ? 1 : last(turns).number(last(turns).size());
      return new NextEvent(Optional.empty(), number, Long.MAX_VALUE, 0);
    }
    TracedTurn found = turns.get(nextTurn);
    long before = index == 0 ? connection.nanosBefore(nextTurn) : found.nanos(index - 1);
    return new NextEvent(
        Optional.of(found.event(index)),
        found.number(index),
        found.nanos(index),
        found.nanos(index) - before);
  }

  private static TracedTurn last(List<TracedTurn> turns) {
    return turns.get(turns.size() - 1);
  }
}
