package dev.partyline.internal.report;

import dev.partyline.internal.json.JsonWriter;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Event;
import dev.partyline.wire.Note;
import dev.partyline.wire.Side;
import dev.partyline.wire.Termination;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** The events of all conversations of a test, in the order of their times. */
public final class Timeline {
  private final int maxEvents;
  private final List<TimelineEvent> events = new ArrayList<>();
  private int omittedCount;

  /**
   * Starts without events.
   *
   * @param maxEvents how many reads and writes are shown; the middle of more is left out
   */
  public Timeline(int maxEvents) {
    this.maxEvents = maxEvents;
  }

  /** Adds one event. */
  public void add(TimelineEvent event) {
    events.add(event);
  }

  /**
   * Adds the events of a conversation whose secrets are masked already.
   *
   * @param connection its index, from 0
   * @param startNanos when its recording began
   * @param mask masks secrets in what is not bytes
   */
  public void add(
      int connection, Conversation conversation, long startNanos, UnaryOperator<String> mask) {
    long openNanos = startNanos + conversation.openedAtNanos();
    String opening = conversation.address(Side.CLIENT) + " → " + conversation.address(Side.SERVER);
    events.add(
        TimelineEvent.of(
            connection, TimelineEvent.Kind.OPEN, Side.CLIENT, openNanos, mask.apply(opening)));
    List<Termination> ledger = conversation.ledger();
    conversation.forEach(
        event -> events.add(of(connection, event, openNanos, ledger, mask)),
        note -> events.add(of(connection, note, openNanos, mask)));
  }

  private static TimelineEvent of(
      int connection, Note note, long openNanos, UnaryOperator<String> mask) {
    return TimelineEvent.of(
        connection,
        TimelineEvent.Kind.NOTE,
        Side.CLIENT,
        openNanos + note.nanos(),
        mask.apply(note.text()));
  }

  private static TimelineEvent of(
      int connection,
      Event event,
      long openNanos,
      List<Termination> ledger,
      UnaryOperator<String> mask) {
    long nanos = openNanos + event.nanos();
    if (event instanceof Event.Sent sent) {
      return TimelineEvent.sent(connection, sent.side(), nanos, sent.bytes());
    }
    if (event instanceof Event.Dropped dropped) {
      return TimelineEvent.dropped(connection, dropped.side(), nanos, dropped.byteCount());
    }
    TimelineEvent.Kind kind =
        event instanceof Event.Fin
            ? TimelineEvent.Kind.FIN
            : event instanceof Event.Rst ? TimelineEvent.Kind.RST : TimelineEvent.Kind.TLS;
    String cause = kind == TimelineEvent.Kind.TLS ? "" : cause(event, ledger);
    return TimelineEvent.of(connection, kind, event.side(), nanos, mask.apply(cause));
  }

  /** Returns why a side ended, if the side itself did not do it. */
  private static String cause(Event event, List<Termination> ledger) {
    for (Termination termination : ledger) {
      if (termination.side() == event.side() && termination.nanos() == event.nanos()) {
        String kind =
            switch (termination.kind()) {
              case FIN, RST -> "";
              case TIMED_OUT -> "timed out";
              case REFUSED -> "refused";
              case FAULT -> "by a fault";
            };
        boolean isPlain = kind.isEmpty() || termination.cause().isEmpty();
        return kind + (isPlain ? "" : ": ") + termination.cause();
      }
    }
    return "";
  }

  /** Returns how many events are left out of {@link #sorted()}. */
  public int omittedCount() {
    return omittedCount;
  }

  /** Returns the events in order; of more reads and writes than allowed, those at both ends. */
  public List<TimelineEvent> sorted() {
    events.sort(Comparator.comparingLong(TimelineEvent::nanos));
    if (events.size() <= maxEvents) {
      return events;
    }
    int head = maxEvents / 2;
    int tail = events.size() - maxEvents / 2;
    List<TimelineEvent> result = new ArrayList<>(events.subList(0, head));
    result.addAll(summary(events.subList(head, tail)));
    result.addAll(events.subList(tail, events.size()));
    omittedCount = events.size() - result.size();
    return result;
  }

  /** Returns one event for all that a side sent meanwhile, so that what follows has its offsets. */
  private static List<TimelineEvent> summary(List<TimelineEvent> omitted) {
    Map<Integer, TimelineEvent> sums = new LinkedHashMap<>();
    for (TimelineEvent event : omitted) {
      if (event.byteCount() > 0) {
        sums.merge(
            event.connection() * 2 + event.side().ordinal(),
            TimelineEvent.dropped(
                event.connection(), event.side(), event.nanos(), event.byteCount()),
            (sum, next) ->
                TimelineEvent.dropped(
                    sum.connection(), sum.side(), sum.nanos(), sum.byteCount() + next.byteCount()));
      }
    }
    return List.copyOf(sums.values());
  }

  /** Writes the events in columns, and their bytes into blocks. */
  public static void write(List<TimelineEvent> events, JsonWriter json, ByteBlocks blocks) {
    long firstNanos = events.isEmpty() ? 0 : events.get(0).nanos();
    long[] micros = events.stream().mapToLong(e -> (e.nanos() - firstNanos) / 1_000).toArray();
    json.name("events").beginObject();
    json.member(
        "delays",
        IntStream.range(0, micros.length).mapToLong(i -> i == 0 ? 0 : micros[i] - micros[i - 1]));
    json.member("connections", events.stream().mapToLong(TimelineEvent::connection));
    json.member("codes", events.stream().mapToLong(TimelineEvent::code));
    json.member("sizes", events.stream().mapToLong(TimelineEvent::byteCount));
    json.name("texts").beginObject();
    for (int i = 0; i < events.size(); i++) {
      TimelineEvent event = events.get(i);
      blocks.add(event.bytes());
      if (!event.text().isEmpty()) {
        json.member(Integer.toString(i), event.text());
      }
    }
    json.endObject().endObject();
  }
}
