package dev.partyline.report;

import dev.partyline.internal.json.JsonWriter;
import dev.partyline.internal.report.ByteBlocks;
import dev.partyline.internal.report.Timeline;
import dev.partyline.internal.report.TimelineEvent;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Side;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/** What the page of a test shows, as JSON and blocks of bytes. */
final class PageData {
  private static final int MAX_EVENTS = 200_000;
  private static final int BLOCK_BYTES = 256 << 10;
  private static final int INLINE_BLOCKS = 4;
  private static final int MAX_TEXT_CHARS = 100_000;

  private final TestReport report;
  private final List<MaskedSection> masked;
  private final List<PlacedSection> sections = new ArrayList<>();
  private final Timeline timeline = new Timeline(MAX_EVENTS);
  private final ByteBlocks blocks = new ByteBlocks(BLOCK_BYTES, INLINE_BLOCKS);
  private final JsonWriter json = new JsonWriter();

  /**
   * A section in the page.
   *
   * @param startNanos when its recording began
   * @param indices the index of each of its connections in the page, by its number
   */
  private record PlacedSection(
      MaskedSection masked,
      long startNanos,
      Map<Integer, Integer> indices,
      List<MaskedScript> scripts) {
    int index(int number) {
      return indices.getOrDefault(number, -1);
    }
  }

  /**
   * Collects what the page shows.
   *
   * @param folder the folder of the page
   * @param name the name of its file, without its extension
   */
  PageData(TestReport report, Path folder, String name) {
    this.report = report;
    this.masked = MaskedSection.of(report.sections());
    placeSections();
    addEvents();
    write(folder, name);
  }

  private static LongStream starts(TestReport report) {
    return report.sections().stream()
        .map(ReportSection::startedAtNanos)
        .flatMapToLong(OptionalLong::stream);
  }

  JsonWriter json() {
    return json;
  }

  ByteBlocks blocks() {
    return blocks;
  }

  private String mask(String text) {
    return MaskedSection.mask(masked, text);
  }

  private String shortText(String text) {
    return mask(
        text.length() <= MAX_TEXT_CHARS
            ? text
            : text.substring(0, MAX_TEXT_CHARS)
                + "\n… "
                + (text.length() - MAX_TEXT_CHARS)
                + " characters more");
  }

  private void placeSections() {
    long firstStartNanos = starts(report).min().orElse(0);
    int index = 0;
    for (MaskedSection each : masked) {
      Map<Integer, Integer> indices = new HashMap<>();
      for (Conversation conversation : each.conversations()) {
        indices.put(conversation.number(), index++);
      }
      long startNanos = each.section().startedAtNanos().orElse(firstStartNanos);
      sections.add(new PlacedSection(each, startNanos, indices, scripts(each, indices)));
    }
  }

  /** Returns the scripts of the conversations that are shown. */
  private static List<MaskedScript> scripts(MaskedSection masked, Map<Integer, Integer> indices) {
    ReportSection section = masked.section();
    Map<Integer, ReportSection.PlayedScript> byNumber = new HashMap<>();
    section.scripts().forEach(script -> byNumber.put(script.run().connection(), script));
    List<MaskedScript> result = new ArrayList<>();
    for (Conversation conversation : section.conversations()) {
      ReportSection.PlayedScript script = byNumber.get(conversation.number());
      Integer index = indices.get(conversation.number());
      if (script != null && index != null) {
        result.add(
            MaskedScript.of(
                index, script, conversation, masked.redaction(), section.marks().keySet()));
      }
    }
    return result;
  }

  private void addEvents() {
    long lastNanos = Long.MIN_VALUE;
    Map<String, Long> marks = new HashMap<>();
    for (PlacedSection section : sections) {
      for (Conversation conversation : section.masked.conversations()) {
        int index = section.index(conversation.number());
        timeline.add(index, conversation, section.startNanos, this::mask);
        long age = conversation.openedAtNanos() + conversation.durationNanos();
        lastNanos = Math.max(lastNanos, section.startNanos + age);
      }
      marks.putAll(section.masked.section().marks());
    }
    long endNanos = report.endedAtNanos().orElse(lastNanos == Long.MIN_VALUE ? 0 : lastNanos);
    for (PlacedSection section : sections) {
      section.scripts.forEach(script -> script.addTo(timeline, section.startNanos, endNanos));
    }
    marks.forEach(
        (name, nanos) ->
            timeline.add(
                TimelineEvent.of(-1, TimelineEvent.Kind.MARK, Side.CLIENT, nanos, mask(name))));
    String end = FailureSummary.of(shortText(report.failure()));
    timeline.add(TimelineEvent.of(-1, TimelineEvent.Kind.END, Side.CLIENT, endNanos, end));
  }

  private void write(Path folder, String name) {
    json.beginObject();
    json.member("name", mask(report.name())).member("result", report.result().toString());
    json.member("micros", report.duration().map(each -> each.toNanos() / 1_000).orElse(-1L));
    json.member("failure", shortText(report.failure()));
    json.member("threads", shortText(report.threads()));
    json.member("sockets", shortText(report.sockets()));
    json.name("links").beginArray();
    report.links().forEach(link -> PageLink.write(json, mask(link.text()), folder, link.file()));
    json.endArray().name("sections").beginArray();
    sections.forEach(this::write);
    json.endArray().name("connections").beginArray();
    for (int i = 0; i < masked.size(); i++) {
      ConnectionData.write(json, i, masked.get(i), this::mask);
    }
    json.endArray();
    List<TimelineEvent> events = timeline.sorted();
    json.member("omittedEvents", timeline.omittedCount());
    Timeline.write(events, json, blocks);
    blocks.write(json, name);
    report
        .compared()
        .ifPresent(
            run -> {
              json.name("compared");
              new ComparisonData(run, events, places(), this::mask).write(json);
            });
    json.endObject();
  }

  /** Returns which connection of which section each one of the page is. */
  private List<ComparisonData.PageConnection> places() {
    List<ComparisonData.PageConnection> places = new ArrayList<>();
    for (PlacedSection each : sections) {
      each.masked
          .conversations()
          .forEach(
              conversation ->
                  places.add(
                      new ComparisonData.PageConnection(
                          each.masked.section().name(), conversation.number())));
    }
    return places;
  }

  private void write(PlacedSection placed) {
    ReportSection section = placed.masked.section();
    json.beginObject().member("name", mask(section.name()));
    json.member("description", mask(section.description())).member("seed", section.seed());
    json.member("omittedConnections", section.omittedConnections());
    json.name("scripts").beginArray();
    placed.scripts.forEach(script -> script.write(json));
    json.endArray().name("faults").beginArray();
    for (ReportSection.FiredFault fault : section.faults()) {
      json.beginObject().member("text", mask(fault.text())).member("count", fault.hitCount());
      json.member("counted", fault.counted());
      json.name("hits").beginArray();
      fault
          .hits()
          .forEach(
              hit -> {
                json.beginArray().value(placed.index(hit.connection()));
                json.value(hit.sender().ordinal()).value(hit.offset());
                json.value(mask(hit.detail())).endArray();
              });
      json.endArray().endObject();
    }
    json.endArray().endObject();
  }
}
