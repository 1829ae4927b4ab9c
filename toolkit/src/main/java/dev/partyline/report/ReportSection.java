package dev.partyline.report;

import dev.partyline.script.player.Cursor;
import dev.partyline.script.player.ScriptRun;
import dev.partyline.script.player.ScriptedPeer;
import dev.partyline.script.transcript.Redaction;
import dev.partyline.weather.Fault;
import dev.partyline.weather.Hit;
import dev.partyline.weather.WeatherOwner;
import dev.partyline.weather.WeatherReport;
import dev.partyline.weather.Weathered;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Recorded;
import dev.partyline.wire.Recording;
import dev.partyline.wire.Side;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What one listener, client or tap of a test has recorded, how far its scripts are, and what its
 * faults did: as it was when this was made. What is recorded later is not in it.
 */
public final class ReportSection {
  /** More connections than can be looked at. */
  private static final int MAX_CONVERSATIONS = 1_000;

  private static final int MAX_SCRIPTS = 100;

  private final String name;
  private final String description;
  private final OptionalLong startedAtNanos;
  private final List<Conversation> conversations;
  private final int omittedConnections;
  private final List<PlayedScript> scripts;
  private final Map<String, Long> marks;
  private final List<FiredFault> faults;
  private final Map<Integer, List<Long>> passedBytes;
  private final String seed;
  private final Redaction redaction;

  /** How far a script was on one connection. */
  record PlayedScript(ScriptRun run, Cursor cursor) {}

  /** What a fault did. */
  record FiredFault(String text, long hitCount, boolean counted, List<Hit> hits) {}

  private ReportSection(
      ReportSection other, List<Conversation> conversations, Redaction redaction) {
    this.name = other.name;
    this.description = other.description;
    this.startedAtNanos = other.startedAtNanos;
    this.conversations = conversations;
    this.omittedConnections = other.omittedConnections;
    this.scripts = other.scripts;
    this.marks = other.marks;
    this.faults = other.faults;
    this.passedBytes = other.passedBytes;
    this.seed = other.seed;
    this.redaction = redaction;
  }

  private ReportSection(String name, Recorded peer) {
    Recording recording = peer.recording();
    this.name = name;
    this.description = describe(peer);
    this.startedAtNanos = recording.startedAtNanos();
    this.scripts = peer instanceof ScriptedPeer scripted ? scripts(scripted) : List.of();
    this.marks =
        peer instanceof ScriptedPeer scripted ? scripted.marks().times() : new LinkedHashMap<>();
    this.conversations = shown(recording.conversations());
    this.omittedConnections = recording.connections() - conversations.size();
    // The recording was taken before: what is in it and did not leave by now was held back.
    Optional<Weathered> weathered = weathered(peer);
    Optional<WeatherReport> weather = weathered.map(Weathered::weatherReport);
    this.faults = weather.map(ReportSection::faults).orElse(List.of());
    this.passedBytes = weather.map(report -> passedBytes(report, recording)).orElse(Map.of());
    this.seed = weathered.map(each -> Long.toString(each.seed())).orElse("");
    this.redaction = Redaction.of(peer);
  }

  /** Returns what the peer says of itself, and what the test holds of it. */
  private static String describe(Recorded peer) {
    List<String> held = Weathered.of(peer).map(Weathered::held).orElse(List.of());
    return peer instanceof Recording
        ? ""
        : peer + (held.isEmpty() ? "" : "; held: " + String.join(", ", held));
  }

  private static Optional<Weathered> weathered(Recorded peer) {
    return Weathered.of(peer)
        .filter(each -> peer instanceof Weathered || !each.weatherReport().faults().isEmpty());
  }

  /**
   * Returns what a peer has recorded so far: of a {@link ScriptedPeer} also how far its scripts
   * are, of a {@link Weathered} one or a {@link WeatherOwner} what its faults did, masked by the
   * rules of {@link Redaction#of(Recorded)}.
   *
   * @param name what the test calls it, such as the name of its field
   * @param peer a listener, a client, a tap, or a recording
   */
  public static ReportSection of(String name, Recorded peer) {
    return new ReportSection(name, peer);
  }

  /** Returns this section with every byte shown: nothing is masked. */
  public ReportSection exact() {
    return new ReportSection(this, conversations, Redaction.none());
  }

  /**
   * Returns this section without the middle of what was sent, where that is much, as of a run that
   * is kept only to be compared.
   *
   * @param maxBytes how many bytes of each connection may stay, half of them from the beginning
   */
  public ReportSection truncatedTo(long maxBytes) {
    return new ReportSection(
        this, conversations.stream().map(each -> each.truncatedTo(maxBytes)).toList(), redaction);
  }

  private static List<PlayedScript> scripts(ScriptedPeer peer) {
    List<ScriptRun> runs = peer.runs();
    return Stream.concat(
            runs.stream().filter(run -> run.failed() || !run.done()),
            runs.stream().filter(run -> !run.failed() && run.done()))
        .limit(MAX_SCRIPTS)
        .map(run -> new PlayedScript(run, peer.cursor(run.connection())))
        .filter(script -> !script.cursor().rows().isEmpty())
        .toList();
  }

  /** Returns those whose scripts are shown, and the last of the others. */
  private List<Conversation> shown(List<Conversation> all) {
    if (all.size() <= MAX_CONVERSATIONS) {
      return all;
    }
    Set<Integer> played =
        scripts.stream().map(script -> script.run().connection()).collect(Collectors.toSet());
    List<Conversation> result =
        new ArrayList<>(all.subList(all.size() - MAX_CONVERSATIONS + MAX_SCRIPTS, all.size()));
    int firstNumber = result.get(0).number();
    all.stream()
        .filter(each -> each.number() < firstNumber && played.contains(each.number()))
        .forEach(result::add);
    result.sort(Comparator.comparingInt(Conversation::number));
    return List.copyOf(result);
  }

  private static List<FiredFault> faults(WeatherReport report) {
    List<FiredFault> result = new ArrayList<>();
    for (Fault fault : report.faults()) {
      result.add(
          new FiredFault(
              fault.toString(),
              report.hitCount(fault),
              report.isCounted(fault),
              report.hits(fault)));
    }
    return List.copyOf(result);
  }

  private static Map<Integer, List<Long>> passedBytes(WeatherReport report, Recording recording) {
    return recording.conversations().stream()
        .map(Conversation::number)
        .collect(
            Collectors.toUnmodifiableMap(
                number -> number,
                number ->
                    Stream.of(Side.values())
                        .map(side -> report.passedBytes(number, side).orElse(-1))
                        .toList()));
  }

  /** Returns what the test calls it. */
  public String name() {
    return name;
  }

  String description() {
    return description;
  }

  OptionalLong startedAtNanos() {
    return startedAtNanos;
  }

  List<Conversation> conversations() {
    return conversations;
  }

  int omittedConnections() {
    return omittedConnections;
  }

  List<PlayedScript> scripts() {
    return scripts;
  }

  Map<String, Long> marks() {
    return marks;
  }

  List<FiredFault> faults() {
    return faults;
  }

  /**
   * Returns how many bytes of each side a tap has passed on, by the ordinal of the side; -1 where
   * that is unknown.
   */
  List<Long> passedBytes(int connection) {
    return passedBytes.getOrDefault(connection, List.of(-1L, -1L));
  }

  String seed() {
    return seed;
  }

  Redaction redaction() {
    return redaction;
  }

  /** Returns its name and how many conversations it has. */
  @Override
  public String toString() {
    return name + ": " + conversations.size() + " conversations";
  }
}
