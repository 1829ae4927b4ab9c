package dev.partyline.script;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.Side;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a line that begins with the mark of a side: {@code C:}, {@code S|} and their like. */
final class LineParser {
  /** Where the payload begins: after the mark and a space. */
  private static final int PAYLOAD_OFFSET = 3;

  private static final List<String> EVENTS =
      Arrays.stream(Step.Control.Kind.values()).map(Step.Control.Kind::word).toList();

  private final String text;
  private final Side side;
  private final LineEnd lineEnd;
  private final @Nullable Duration timestamp;

  LineParser(String text, LineEnd lineEnd, @Nullable Duration timestamp) {
    this.text = text;
    this.side = text.charAt(0) == 'C' ? Side.CLIENT : Side.SERVER;
    this.lineEnd = lineEnd;
    this.timestamp = timestamp;
  }

  static boolean isSideLine(String text) {
    return text.length() >= 2
        && "CS".indexOf(text.charAt(0)) >= 0
        && ":|#@!".indexOf(text.charAt(1)) >= 0;
  }

  /**
   * Reads the line.
   *
   * @throws ScriptException if it cannot be read, {@linkplain ScriptException#atOffset at an
   *     offset} of it
   */
  Step parse(ScriptSource source) {
    if (text.length() > 2 && text.charAt(2) != ' ') {
      throw ScriptException.atOffset(2, "expected exactly one space after " + text.substring(0, 2));
    }
    String payload = text.length() > 2 ? text.substring(PAYLOAD_OFFSET) : "";
    try {
      return switch (text.charAt(1)) {
        case ':' ->
            payload.equals("...") ? new Step.AnyLines(side, timestamp) : text(payload, lineEnd);
        case '|' -> text(payload, LineEnd.NONE);
        case '#' -> line(Step.Notation.HEX, hex(payload), LineEnd.NONE);
        case '@' -> line(Step.Notation.FILE, List.of(file(source, payload)), LineEnd.NONE);
        default -> new Step.Control(side, controlKind(payload), timestamp);
      };
    } catch (ScriptException e) {
      throw ScriptException.atOffset(PAYLOAD_OFFSET + e.column(), String.valueOf(e.getMessage()));
    }
  }

  private Step text(String payload, LineEnd end) {
    return line(Step.Notation.TEXT, PayloadParser.text(payload), end);
  }

  private Step line(Step.Notation notation, List<Part> parts, LineEnd end) {
    return new Step.Line(side, notation, parts, end, timestamp);
  }

  private static List<Part> hex(String payload) {
    List<Part> parts = PayloadParser.hex(payload);
    if (parts.isEmpty()) {
      throw ScriptException.atOffset(0, "expected pairs of hexadecimal digits, such as 0d 0a");
    }
    return parts;
  }

  private static Part.File file(ScriptSource source, String name) {
    if (name.isBlank()) {
      throw ScriptException.atOffset(0, "expected the name of a file or class-path resource");
    }
    Bytes content;
    try {
      content = source.find(name);
    } catch (IllegalArgumentException e) {
      throw ScriptException.atOffset(0, String.valueOf(e.getMessage()));
    }
    if (content == null) {
      throw ScriptException.atOffset(
          0,
          "no file or class-path resource '"
              + name
              + "'; expected it beside the script, in the working directory or on the class path");
    }
    return new Part.File(name, content);
  }

  private static Step.Control.Kind controlKind(String word) {
    for (Step.Control.Kind kind : Step.Control.Kind.values()) {
      if (kind.word().equals(word.stripTrailing())) {
        return kind;
      }
    }
    int comment = word.indexOf(" #");
    if (comment > 0) {
      throw ScriptException.atOffset(comment + 1, "expected the comment on a line of its own");
    }
    throw ScriptException.atOffset(
        0,
        "unknown event '"
            + word
            + "'; expected finish, close, reset or stall"
            + Suggestion.nearest(word, EVENTS)
                .map(each -> "; did you mean '" + each + "'?")
                .orElse(""));
  }
}
