package dev.partyline.script.transcript;

import dev.partyline.wire.Conversation;
import dev.partyline.wire.Event;
import dev.partyline.wire.Side;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds where the order of events on two connections may have mattered: where the client did
 * something on one, and the server then sent something on the other, with nothing in between there.
 *
 * <p>Such an answer waits for a mark after the last thing that the client did before it.
 */
final class ReplayOrder {
  private final IdentityHashMap<Event, String> marks;
  private final IdentityHashMap<Event, String> awaitedMarks;

  private ReplayOrder(
      IdentityHashMap<Event, String> marks, IdentityHashMap<Event, String> awaitedMarks) {
    this.marks = marks;
    this.awaitedMarks = awaitedMarks;
  }

  /** An event, null for the opening, with its connection and its time in the recording. */
  private record TimedEvent(int connection, @Nullable Event event, long nanos) {
    boolean isClientAct() {
      return event != null && event.side() == Side.CLIENT && !(event instanceof Event.Rst);
    }

    boolean isAnswer() {
      return event instanceof Event.Sent && event.side() == Side.SERVER;
    }
  }

  static ReplayOrder of(List<Conversation> conversations, List<List<Event>> events) {
    List<TimedEvent> timeline = new ArrayList<>();
    for (int i = 0; i < conversations.size(); i++) {
      long openedAt = conversations.get(i).openedAtNanos();
      timeline.add(new TimedEvent(i, null, openedAt));
      for (Event event : events.get(i)) {
        timeline.add(new TimedEvent(i, event, openedAt + event.nanos()));
      }
    }
    timeline.sort(Comparator.comparingLong(TimedEvent::nanos));
    return of(timeline, conversations.size());
  }

  private static ReplayOrder of(List<TimedEvent> timeline, int connections) {
    ReplayOrder order = new ReplayOrder(new IdentityHashMap<>(), new IdentityHashMap<>());
    int[] lastIndexes = new int[connections];
    int[] markCounts = new int[connections];
    // The last acts of clients on two connections: one of them is not that of the answer.
    int last = -1;
    int lastElsewhere = -1;
    for (int i = 0; i < timeline.size(); i++) {
      TimedEvent current = timeline.get(i);
      if (current.isClientAct()) {
        lastElsewhere =
            last >= 0 && timeline.get(last).connection() != current.connection()
                ? last
                : lastElsewhere;
        last = i;
      } else if (current.isAnswer()) {
        int other =
            last >= 0 && timeline.get(last).connection() == current.connection()
                ? lastElsewhere
                : last;
        if (other > lastIndexes[current.connection()]) {
          order.await(current, timeline.get(other), markCounts);
        }
      }
      lastIndexes[current.connection()] = i;
    }
    return order;
  }

  private void await(TimedEvent answer, TimedEvent act, int[] markCounts) {
    String mark =
        marks.computeIfAbsent(
            act.event(),
            event -> "connection" + (act.connection() + 1) + "." + ++markCounts[act.connection()]);
    awaitedMarks.put(answer.event(), mark);
  }

  @Nullable String mark(Event event) {
    return marks.get(event);
  }

  @Nullable String awaitedMark(Event event) {
    return awaitedMarks.get(event);
  }
}
