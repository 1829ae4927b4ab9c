package dev.partyline.script.transcript;

import dev.partyline.internal.text.Quantity;
import dev.partyline.script.Script;
import dev.partyline.script.Step;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Event;
import dev.partyline.wire.Recorded;
import dev.partyline.wire.Recording;
import dev.partyline.wire.Side;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A recording as a script that a listener plays in place of the server, to the same client: a
 * {@code connection} block for each connection.
 *
 * <ul>
 *   <li>Secrets are masked: those of the server by an asterisk for each byte; where the client sent
 *       one, any other is accepted.
 *   <li>What {@linkplain #varying varies} has a placeholder.
 *   <li>Where the server may have waited for what the client did on another connection, the script
 *       has {@code await} and {@code mark}.
 *   <li>How the client closed is left out, unless the server sent something after that; so is what
 *       faults of a tap did.
 * </ul>
 *
 * <p>An immutable value; each method returns a changed copy.
 */
public final class ReplayScript {
  private static final String HEADER =
      "# Recorded. A listener plays this in place of the server.\n";
  private static final String MASKED =
      "# Masked: an asterisk stands for each byte of a secret that the server sent; ${*} takes one"
          + " of the client.\n";
  private static final String EXACT = "# Exact: secrets are not masked.\n";

  private final Recording recording;
  private final Redaction redaction;
  private final VaryingParts varying;
  private final Map<Bytes, String> knownValues;
  private final boolean timesKept;

  private ReplayScript(
      Recording recording,
      Redaction redaction,
      VaryingParts varying,
      Map<Bytes, String> knownValues,
      boolean timesKept) {
    this.recording = recording;
    this.redaction = redaction;
    this.varying = varying;
    this.knownValues = knownValues;
    this.timesKept = timesKept;
  }

  /**
   * Returns the script of a recording, of what it has when the text or the script is made, masked
   * by {@link Redaction#of(Recorded)}.
   */
  public static ReplayScript of(Recorded recorded) {
    return new ReplayScript(
        recorded.recording(), Redaction.of(recorded), VaryingParts.none(), Map.of(), false);
  }

  /** Returns the same with other rules for what is masked. */
  public ReplayScript redacting(Redaction newRedaction) {
    return new ReplayScript(recording, newRedaction, varying, knownValues, timesKept);
  }

  /** Returns the same in which these parts may vary. */
  public ReplayScript varying(VaryingParts newVarying) {
    return new ReplayScript(recording, redaction, newVarying, knownValues, timesKept);
  }

  /**
   * Returns the same in which a value has a name wherever the client sends it by itself, and from
   * there on in what the server sends, such as the port that the client was given.
   *
   * @param name the name, as in <code>${name}</code>
   * @param value the value in the recording; another may come in a replay
   * @throws IllegalArgumentException if the value is empty
   */
  public ReplayScript naming(String name, String value) {
    if (value.isEmpty()) {
      throw new IllegalArgumentException("value () must not be empty: it would be everywhere");
    }
    Map<Bytes, String> values = new LinkedHashMap<>(knownValues);
    values.put(Bytes.utf8(value), name);
    return new ReplayScript(recording, redaction, varying, values, timesKept);
  }

  /** Returns the same with the time of each chunk, and the chunks of the server as they were. */
  public ReplayScript keepingTimes() {
    return new ReplayScript(recording, redaction, varying, knownValues, true);
  }

  /**
   * Returns the script.
   *
   * @throws IllegalStateException if bytes or connections were not kept, the recording has {@link
   *     Recording#problems() problems}, there was no connection, one reached no server, or TLS was
   *     not decrypted
   */
  public Script script() {
    return new ScriptMaking().script();
  }

  /**
   * Returns the text of the script, with comments that say what it is, what is masked, and what
   * {@linkplain #varying varying parts} do not reach.
   *
   * @throws IllegalStateException as {@link #script()}
   */
  public String text() {
    ScriptMaking build = new ScriptMaking();
    String script = build.script().print();
    String masked = build.masked ? MASKED : "";
    String exact = build.wouldMask ? EXACT : "";
    StringBuilder notes = new StringBuilder();
    build.notes.lines(varying).forEach(note -> notes.append("# ").append(note).append(".\n"));
    return HEADER + masked + exact + notes + script;
  }

  /** One making of the script. */
  private final class ScriptMaking {
    private boolean masked;
    private boolean wouldMask;
    private final VaryingNotes notes = new VaryingNotes();

    Script script() {
      List<Conversation> conversations =
          recording.conversations().stream().filter(ReplayEvents::reachedServer).toList();
      check(conversations);
      List<List<Event>> events = conversations.stream().map(ReplayEvents::replayed).toList();
      Redaction all = redaction.across(conversations);
      ReplayOrder order = ReplayOrder.of(conversations, events);
      List<Step> blocks = new ArrayList<>();
      for (int i = 0; i < conversations.size(); i++) {
        List<ReplayEvent> joined =
            ReplayEvents.joined(conversations.get(i), events.get(i), order, timesKept);
        List<Step> steps = steps(conversations.get(i), joined, all);
        // A block must have a statement, and a 'cut' at its start means nothing.
        blocks.add(
            new Step.ConnectionBlock(false, steps.isEmpty() ? List.of(new Step.Cut()) : steps));
      }
      return Script.of(blocks);
    }

    private void check(List<Conversation> conversations) {
      if (recording.droppedConnections() > 0) {
        throw new IllegalStateException(
            Quantity.of(recording.droppedConnections(), "connection")
                + " were dropped: only a complete recording can be replayed, as"
                + " RecordingPolicy.everything() keeps it");
      }
      if (!recording.problems().isEmpty()) {
        throw new IllegalStateException(
            "the recording lacks something: "
                + String.join("; ", recording.problems())
                + ": only a complete recording can be replayed; Recording.of(conversation) has one"
                + " alone");
      }
      if (conversations.isEmpty()) {
        throw new IllegalStateException("there was no connection: nothing can be replayed");
      }
    }

    private List<Step> steps(
        Conversation conversation, List<ReplayEvent> events, Redaction masking) {
      Map<Side, Bytes> originals = new EnumMap<>(Side.class);
      for (Side side : Side.values()) {
        originals.put(side, conversation.bytes(side));
      }
      Conversation replayed =
          conversation.withEvents(events.stream().map(ReplayEvent::event).toList());
      Conversation redacted = masking.apply(replayed);
      boolean differs = !redacted.equals(replayed);
      masked |= differs;
      wouldMask |= !differs && !Redaction.standard().apply(replayed).equals(replayed);
      TranscriptWriter writer = TranscriptWriter.of(redacted, timesKept, false);
      VaryingLines lines = new VaryingLines(varying, knownValues, originals);
      List<Step> steps = new ArrayList<>();
      List<List<Step>> stepsByEvent = writer.stepsByEvent();
      for (int i = 0; i < events.size(); i++) {
        add(steps, events.get(i).awaitedMark(), Step.Await::new);
        steps.addAll(lines.next(stepsByEvent.get(i)));
        add(steps, events.get(i).mark(), Step.Mark::new);
      }
      notes.add(conversation, lines, steps);
      return steps;
    }

    private void add(List<Step> steps, @Nullable String mark, Function<String, Step> statement) {
      if (mark != null) {
        steps.add(statement.apply(mark));
      }
    }
  }
}
