package dev.partyline.script.transcript;

import static java.util.stream.Collectors.joining;

import dev.partyline.internal.text.Quantity;
import dev.partyline.script.Printer;
import dev.partyline.script.Script;
import dev.partyline.script.ScriptException;
import dev.partyline.script.Step;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Recording;
import dev.partyline.wire.Side;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * A recording printed as a wire script, and read back.
 *
 * <p>The exact form keeps times and chunk boundaries: {@code conversation(exact(c))} equals {@code
 * c}. Comments hold what is not compared: addresses, notes, why a side ended, and how many bytes
 * were dropped where; also the end that a fault made of a side that went on, which no script can
 * have. The plain form leaves times and boundaries out: it is what failures show and what people
 * paste as the next test's script.
 */
public final class Transcript {
  private Transcript() {}

  /** Returns the conversation with the time of each chunk and the boundaries between them. */
  public static String exact(Conversation conversation) {
    return TranscriptComments.header(conversation).stream()
            .map(line -> line + "\n")
            .collect(joining())
        + print(conversation, true);
  }

  /** Returns the conversation without times and chunk boundaries. */
  public static String plain(Conversation conversation) {
    return print(conversation, false);
  }

  /** Returns all conversations of a recording, each in its {@code connection} block. */
  public static String exact(Recording recording) {
    List<Step> blocks = new ArrayList<>();
    IdentityHashMap<Step, List<String>> comments = new IdentityHashMap<>();
    List<String> leadingComments = new ArrayList<>();
    if (recording.droppedConnections() > 0) {
      leadingComments.add(
          "# " + Quantity.of(recording.droppedConnections(), "connection") + " dropped");
    }
    for (String problem : recording.problems()) {
      leadingComments.add("# " + problem);
    }
    for (Conversation conversation : recording.conversations()) {
      TranscriptWriter writer = TranscriptWriter.of(conversation, true);
      // A block must have a statement, and a 'cut' at its start means nothing.
      List<Step> cut = List.of(new Step.Cut());
      Step block = new Step.ConnectionBlock(false, writer.steps().isEmpty() ? cut : writer.steps());
      leadingComments.addAll(TranscriptComments.header(conversation));
      comments.put(block, leadingComments);
      comments.putAll(writer.comments());
      blocks.add(block);
      leadingComments = new ArrayList<>(writer.trailingComments());
    }
    return print(blocks, comments, leadingComments);
  }

  private static String print(Conversation conversation, boolean exact) {
    TranscriptWriter writer = TranscriptWriter.of(conversation, exact);
    return print(writer.steps(), writer.comments(), writer.trailingComments());
  }

  private static String print(
      List<Step> steps,
      IdentityHashMap<Step, List<String>> comments,
      List<String> trailingComments) {
    StringBuilder text = new StringBuilder();
    for (Printer.PrintedLine line : Printer.lines(steps)) {
      if (line.step() != null) {
        for (String comment : comments.getOrDefault(line.step(), List.of())) {
          text.append("  ".repeat(line.level())).append(comment).append('\n');
        }
      }
      text.append(line).append('\n');
    }
    trailingComments.forEach(comment -> text.append(comment).append('\n'));
    return text.toString();
  }

  /**
   * Returns the plain form as a script.
   *
   * @throws ScriptException if it cannot be one, because it has what no side can do
   * @throws IllegalStateException if bytes were not kept
   */
  public static Script script(Conversation conversation) {
    CompleteRecording.check(conversation, "be played as a script");
    return Script.of(TranscriptWriter.of(conversation, false).steps());
  }

  /**
   * Returns the plain form as a script in which some parts may vary: their lines have placeholders.
   *
   * @throws ScriptException if it cannot be one, such as where a fault made a side end twice
   * @throws IllegalStateException if bytes were not kept
   */
  public static Script script(Conversation conversation, VaryingParts varying) {
    CompleteRecording.check(conversation, "be played as a script");
    Map<Side, Bytes> sent = new EnumMap<>(Side.class);
    for (Side side : Side.values()) {
      sent.put(side, conversation.bytes(side));
    }
    VaryingLines lines = new VaryingLines(varying, Map.of(), sent);
    return Script.of(
        TranscriptWriter.of(conversation, false).stepsByEvent().stream()
            .flatMap(steps -> lines.next(steps).stream())
            .toList());
  }

  /**
   * Reads an exact transcript of one conversation.
   *
   * @throws ScriptException if the text is not a valid script, or holds more than bytes, events and
   *     times
   */
  public static Conversation conversation(String text) {
    Script script = Script.parse(text);
    return TranscriptReader.conversation(script, script.steps());
  }

  /**
   * Reads an exact transcript of several conversations, each in its {@code connection} block.
   *
   * @throws ScriptException if the text is not a valid script, or holds more than bytes, events and
   *     times
   */
  public static Recording recording(String text) {
    Script script = Script.parse(text);
    List<Conversation> conversations = new ArrayList<>();
    for (Step step : script.steps()) {
      if (!(step instanceof Step.ConnectionBlock block) || block.every()) {
        throw script.error(step, "not a part of a recording; expected connection blocks");
      }
      conversations.add(TranscriptReader.conversation(script, block.steps()));
    }
    return Recording.of(conversations.toArray(Conversation[]::new));
  }
}
