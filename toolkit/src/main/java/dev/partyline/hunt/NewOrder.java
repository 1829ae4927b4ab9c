package dev.partyline.hunt;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Two events of a failing run that came in an order in which no passing run had them. */
final class NewOrder {
  /** Of fewer runs, an order may be chance. */
  static final int MIN_RUNS = 3;

  private static final int MAX_EVENTS = 200;
  private static final int MAX_RUNS = 500;

  /** An event that can be in each run: of equal ones on a connection the first, second, … */
  private record EventKey(int connection, Optional<TracedEvent> event, int occurrence) {}

  /** An event of the failing run; without an event it is the opening of the connection. */
  private record OrderedEvent(
      EventKey key,
      ConnectionTrace connection,
      int number,
      Optional<TracedEvent> event,
      long nanos) {}

  /**
   * The two events.
   *
   * @param nanos how long after the first the second one came
   * @param others how long before the first it came in the passing runs
   */
  record SwappedEvents(SwappedEvent first, SwappedEvent second, long nanos, Spread others) {}

  /**
   * One of them.
   *
   * @param event empty for the opening of the connection
   */
  record SwappedEvent(ConnectionTrace connection, int number, Optional<TracedEvent> event) {}

  private final List<OrderedEvent> items = new ArrayList<>();
  private final List<Map<EventKey, Long>> passing = new ArrayList<>();

  private NewOrder(List<ConnectionTrace> failing, List<AlignedRun> runs) {
    for (int i = 0; i < failing.size(); i++) {
      ConnectionTrace connection = failing.get(i);
      Map<EventKey, Integer> counts = new HashMap<>();
      items.add(
          new OrderedEvent(
              new EventKey(i, Optional.empty(), 0),
              connection,
              0,
              Optional.empty(),
              connection.openedNanos()));
      for (TracedTurn turn : connection.turns()) {
        items.add(
            new OrderedEvent(
                nextKey(i, turn.whole(), counts),
                connection,
                turn.number(0),
                Optional.of(turn.whole()),
                turn.firstNanos()));
      }
    }
    items.sort((one, other) -> Long.compare(one.nanos(), other.nanos()));
    for (AlignedRun run : runs.subList(Math.max(0, runs.size() - MAX_RUNS), runs.size())) {
      passing.add(times(failing, run));
    }
  }

  private static EventKey nextKey(
      int connection, TracedEvent event, Map<EventKey, Integer> counts) {
    EventKey base = new EventKey(connection, Optional.of(event), 0);
    return new EventKey(connection, Optional.of(event), counts.merge(base, 1, Integer::sum));
  }

  private static Map<EventKey, Long> times(List<ConnectionTrace> failing, AlignedRun run) {
    Map<EventKey, Long> times = new HashMap<>();
    for (int i = 0; i < failing.size(); i++) {
      int index = i;
      Map<EventKey, Integer> counts = new HashMap<>();
      run.counterpart(failing.get(i))
          .ifPresent(
              other -> {
                times.put(new EventKey(index, Optional.empty(), 0), other.openedNanos());
                other
                    .turns()
                    .forEach(
                        turn -> times.put(nextKey(index, turn.whole(), counts), turn.firstNanos()));
              });
    }
    return times;
  }

  /** Returns the first event that came after one that it had always come before. */
  static Optional<SwappedEvents> find(List<ConnectionTrace> failing, List<AlignedRun> runs) {
    return runs.size() < MIN_RUNS ? Optional.empty() : new NewOrder(failing, runs).find();
  }

  private Optional<SwappedEvents> find() {
    List<OrderedEvent> compared = items.subList(0, Math.min(MAX_EVENTS, items.size()));
    for (int later = 1; later < compared.size(); later++) {
      for (int earlier = 0; earlier < later; earlier++) {
        OrderedEvent first = compared.get(earlier);
        OrderedEvent second = compared.get(later);
        List<Long> leads = first.nanos() < second.nanos() ? leads(first, second) : List.of();
        if (leads.size() >= MIN_RUNS && leads.stream().allMatch(lead -> lead > 0)) {
          return Optional.of(
              new SwappedEvents(
                  place(first), place(second), second.nanos() - first.nanos(), new Spread(leads)));
        }
      }
    }
    return Optional.empty();
  }

  private static SwappedEvent place(OrderedEvent item) {
    return new SwappedEvent(item.connection(), item.number(), item.event());
  }

  /** Returns how long before the first one the second one came in the passing runs. */
  private List<Long> leads(OrderedEvent first, OrderedEvent second) {
    List<Long> leads = new ArrayList<>();
    for (Map<EventKey, Long> each : passing) {
      Long one = each.get(first.key());
      Long other = each.get(second.key());
      if (one != null && other != null) {
        leads.add(one - other);
        if (one <= other) {
          break;
        }
      }
    }
    return leads;
  }
}
