package dev.partyline.report;

import dev.partyline.hunt.ConnectionPair;
import dev.partyline.hunt.EventPlace;
import dev.partyline.hunt.RunDifference;
import dev.partyline.internal.json.JsonWriter;
import dev.partyline.internal.report.Timeline;
import dev.partyline.internal.report.TimelineEvent;
import dev.partyline.internal.report.TimelineEvent.Kind;
import dev.partyline.wire.Conversation;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A passing run beside the run that a page is about, as JSON. */
final class ComparisonData {
  private static final int MAX_EVENTS = 10_000;
  private static final int MAX_SHOWN_BYTES = 4_096;
  private static final Set<Kind> COMPARED =
      EnumSet.of(Kind.OPEN, Kind.SENT, Kind.FIN, Kind.RST, Kind.TLS, Kind.DROPPED);

  private final ComparedRun run;
  private final List<ConnectionPair> connections;
  private final List<TimelineEvent> failing;
  private final List<PageConnection> places;
  private final UnaryOperator<String> mask;
  private final List<TimelineEvent> passing;

  /** Which connection of which peer one of the page is. */
  record PageConnection(String peer, int number) {}

  /**
   * Compares.
   *
   * @param events those of the page
   * @param places of each connection of the page
   * @param mask masks the secrets of the page in a text
   */
  ComparisonData(
      ComparedRun run,
      List<TimelineEvent> events,
      List<PageConnection> places,
      UnaryOperator<String> mask) {
    this.run = run;
    this.connections = run.comparison().connections();
    this.failing = events;
    this.places = places;
    this.mask = mask;
    this.passing = passing();
  }

  /** Returns the events of the passing run; their connection is an index in the pairs. */
  private List<TimelineEvent> passing() {
    Timeline timeline = new Timeline(MAX_EVENTS);
    List<MaskedSection> masked = MaskedSection.of(run.sections());
    long firstNanos =
        run.sections().stream()
            .map(ReportSection::startedAtNanos)
            .flatMapToLong(OptionalLong::stream)
            .min()
            .orElse(0);
    for (MaskedSection section : masked) {
      long startNanos = section.section().startedAtNanos().orElse(firstNanos);
      for (Conversation each : section.conversations()) {
        int index = indexOfPassing(new PageConnection(section.section().name(), each.number()));
        if (index >= 0) {
          timeline.add(
              index, each, startNanos, text -> MaskedSection.mask(masked, mask.apply(text)));
        }
      }
    }
    return timeline.sorted().stream().filter(each -> COMPARED.contains(each.kind())).toList();
  }

  private int indexOfPassing(PageConnection place) {
    for (int i = 0; i < connections.size(); i++) {
      ConnectionPair pair = connections.get(i);
      if (pair.peer().equals(place.peer()) && pair.passing() == place.number()) {
        return i;
      }
    }
    return -1;
  }

  private int indexOfFailing(PageConnection place) {
    for (int i = 0; i < connections.size(); i++) {
      ConnectionPair pair = connections.get(i);
      if (pair.peer().equals(place.peer()) && pair.failing() == place.number()) {
        return i;
      }
    }
    return -1;
  }

  /** Returns the place of each event of the failing run that can be one, by its index. */
  private Map<EventPlace, Integer> eventPlaces() {
    Map<EventPlace, Integer> result = new HashMap<>();
    Map<Integer, Integer> counts = new HashMap<>();
    for (int i = 0; i < failing.size(); i++) {
      TimelineEvent event = failing.get(i);
      if (event.connection() >= 0 && COMPARED.contains(event.kind())) {
        PageConnection place = places.get(event.connection());
        int number = counts.merge(event.connection(), 1, Integer::sum) - 1;
        result.put(new EventPlace(place.peer(), place.number(), number), i);
      }
    }
    return result;
  }

  private List<ComparisonRows.ComparedEvent> failingItems() {
    List<ComparisonRows.ComparedEvent> items = new ArrayList<>();
    for (int i = 0; i < failing.size(); i++) {
      TimelineEvent event = failing.get(i);
      if (event.connection() >= 0 && COMPARED.contains(event.kind())) {
        int index = indexOfFailing(places.get(event.connection()));
        if (index >= 0) {
          items.add(new ComparisonRows.ComparedEvent(i, index, event));
        }
      }
    }
    return items;
  }

  private List<ComparisonRows.ComparedEvent> passingItems() {
    List<ComparisonRows.ComparedEvent> items = new ArrayList<>();
    for (int i = 0; i < passing.size(); i++) {
      items.add(new ComparisonRows.ComparedEvent(i, passing.get(i).connection(), passing.get(i)));
    }
    return items;
  }

  void write(JsonWriter json) {
    Map<EventPlace, Integer> eventPlaces = eventPlaces();
    ComparisonRows rows = ComparisonRows.of(failingItems(), passingItems());
    json.beginObject().member("name", run.name());
    json.member("count", run.comparison().passingCount());
    json.name("differences").beginArray();
    for (RunDifference each : run.comparison().differences()) {
      json.beginArray().value(mask.apply(each.text()));
      json.value(each.place().map(place -> eventPlaces.getOrDefault(place, -1)).orElse(-1));
      json.endArray();
    }
    json.endArray();
    json.member("first", first(rows.rows(), eventPlaces)).member("omitted", rows.omitted());
    json.name("connections").beginArray();
    for (ConnectionPair pair : connections) {
      json.beginArray().value(mask.apply(pair.peer()));
      json.value(pair.failing()).value(pair.passing()).endArray();
    }
    json.endArray().name("rows").beginArray();
    for (ComparisonRows.ComparedRow row : rows.rows()) {
      json.beginArray().value(row.failing()).value(row.passing());
      json.value(row.isEqual()).value(row.connection()).endArray();
    }
    json.endArray();
    writeEvents(json);
    json.endObject();
  }

  /** Returns the row where the two runs part; -1 if no event is different. */
  private int first(List<ComparisonRows.ComparedRow> rows, Map<EventPlace, Integer> eventPlaces) {
    Optional<EventPlace> place = run.comparison().place();
    if (place.isEmpty()) {
      return -1;
    }
    int event = eventPlaces.getOrDefault(place.get(), -1);
    int connection =
        indexOfFailing(new PageConnection(place.get().peer(), place.get().connection()));
    for (int i = 0; i < rows.size(); i++) {
      ComparisonRows.ComparedRow row = rows.get(i);
      // What is different may be that the failing run has nothing there.
      boolean isDifferent = !row.isEqual() && row.connection() == connection;
      if (isDifferent || event >= 0 && row.failing() == event) {
        return i;
      }
    }
    return -1;
  }

  private void writeEvents(JsonWriter json) {
    long firstNanos = passing.isEmpty() ? 0 : passing.get(0).nanos();
    json.member("micros", passing.stream().mapToLong(each -> (each.nanos() - firstNanos) / 1_000));
    json.member("codes", passing.stream().mapToLong(TimelineEvent::code));
    json.member("sizes", passing.stream().mapToLong(TimelineEvent::byteCount));
    json.member("texts", passing.stream().map(TimelineEvent::text).toList());
    json.name("bytes").beginArray();
    passing.forEach(
        each ->
            json.base64(
                Base64.getEncoder()
                    .encodeToString(
                        each.bytes()
                            .slice(0, Math.min(MAX_SHOWN_BYTES, each.bytes().size()))
                            .toArray())));
    json.endArray();
  }
}
