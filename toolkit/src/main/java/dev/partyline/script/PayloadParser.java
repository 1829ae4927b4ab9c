package dev.partyline.script;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.partyline.internal.text.Escape;
import dev.partyline.wire.Bytes;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** Reads the payload of one line, text or hex, into its parts. */
final class PayloadParser {
  private static final String ESCAPES = "one of \\\\ \\r \\n \\t \\0 \\s \\xHH \\u{H…} \\${ \\...";

  private static final int MAX_PLACEHOLDERS = 100;

  private final String payload;
  private final List<Part> parts = new ArrayList<>();
  private final ByteArrayOutputStream fixedBytes = new ByteArrayOutputStream();
  private int placeholderCount;
  private int position;

  private PayloadParser(String payload) {
    this.payload = payload;
  }

  static List<Part> text(String payload) {
    PayloadParser parser = new PayloadParser(payload);
    while (parser.position < payload.length()) {
      parser.textPart();
    }
    parser.flush();
    return parser.validParts();
  }

  static List<Part> hex(String payload) {
    PayloadParser parser = new PayloadParser(payload);
    while (parser.position < payload.length()) {
      parser.hexPart();
    }
    parser.flush();
    return parser.validParts();
  }

  private List<Part> validParts() {
    if (placeholderCount > MAX_PLACEHOLDERS) {
      throw ScriptException.atOffset(
          0, "more than " + MAX_PLACEHOLDERS + " placeholders in a line");
    }
    return parts;
  }

  private void add(Part part) {
    flush();
    placeholderCount += part instanceof Part.Placeholder ? 1 : 0;
    parts.add(part);
  }

  private void flush() {
    if (fixedBytes.size() > 0) {
      Bytes bytes = Bytes.of(fixedBytes.toByteArray());
      fixedBytes.reset();
      add(new Part.Fixed(bytes));
    }
  }

  private void textPart() {
    char next = payload.charAt(position);
    if (isPlain(position)) {
      plainText();
    } else if (next == '\\') {
      escape();
    } else if (next == '$') {
      placeholder();
    } else if (isControl(next)) {
      throw controlCharacterError(payload, position);
    } else if (Character.isSupplementaryCodePoint(payload.codePointAt(position))) {
      appendFixed(payload.substring(position, position + 2), 2);
    } else {
      throw ScriptException.atOffset(position, "half a surrogate pair; expected a whole character");
    }
  }

  private void plainText() {
    int endOffset = position + 1;
    while (endOffset < payload.length() && isPlain(endOffset)) {
      endOffset++;
    }
    appendFixed(payload.substring(position, endOffset), endOffset - position);
  }

  private boolean isPlain(int offset) {
    char c = payload.charAt(offset);
    return c != '\\'
        && !isControl(c)
        && !Character.isSurrogate(c)
        && !payload.startsWith("${", offset);
  }

  static boolean isControl(char c) {
    return (c < ' ' && c != '\t') || c == 0x7f;
  }

  static ScriptException controlCharacterError(String payload, int offset) {
    return ScriptException.atOffset(
        offset,
        String.format(
            "control character; expected it written \\x%02x (in a text block with two backslashes,"
                + " because javac has replaced what was written with one)",
            (int) payload.charAt(offset)));
  }

  private void escape() {
    int endOffset = Escape.parse(payload, position, fixedBytes);
    if (endOffset >= 0) {
      position = endOffset;
    } else if (payload.startsWith("\\s", position)) {
      appendFixed(" ", 2);
    } else if (payload.startsWith("\\${", position)) {
      appendFixed("${", 3);
    } else if (payload.startsWith("\\...", position)) {
      appendFixed("...", 4);
    } else {
      throw ScriptException.atOffset(position, escapeProblem());
    }
  }

  private void appendFixed(String text, int length) {
    fixedBytes.writeBytes(text.getBytes(UTF_8));
    position += length;
  }

  /** Returns why what begins with the backslash at hand is not an escape. */
  private String escapeProblem() {
    int code = position + 1 < payload.length() ? payload.codePointAt(position + 1) : ' ';
    return switch (code) {
      case 'x' -> "expected two hexadecimal digits, such as \\x0d";
      case 'u' -> "expected a character of Unicode in braces, such as \\u{20ac}";
      case ' ' -> "a backslash alone; expected " + ESCAPES;
      default -> "unknown escape \\" + Character.toString(code) + "; expected " + ESCAPES;
    };
  }

  private void placeholder() {
    int start = position;
    int endOffset = Identifiers.endOffset(payload, start + 2);
    if (endOffset == start + 2) {
      throw ScriptException.atOffset(
          start,
          "expected a name after ${, such as ${user} or ${*}; the two characters themselves are"
              + " \\${");
    }
    String name = payload.substring(start + 2, endOffset);
    position = endOffset;
    if (payload.startsWith("}", position)) {
      position++;
      add(
          name.equals(Identifiers.BODY_LENGTH)
              ? new Part.BodyLength()
              : PlaceholderParser.placeholder(name));
    } else if (!payload.startsWith(":", position)) {
      throw ScriptException.atOffset(position, "expected } or : after the name '" + name + "'");
    } else if (name.equals(Identifiers.BODY_LENGTH)) {
      throw ScriptException.atOffset(
          position, "expected } after body-length: it takes no constraint");
    } else {
      int close = PlaceholderParser.closingBrace(payload, start, position + 1);
      add(
          PlaceholderParser.placeholder(
              name, position + 1, payload.substring(position + 1, close)));
      position = close + 1;
    }
  }

  private void hexPart() {
    if (payload.charAt(position) == ' ') {
      position++;
    } else if (payload.startsWith("??", position)) {
      add(new Part.AnyByte());
      position += 2;
    } else if (payload.startsWith("${", position)) {
      int start = position;
      placeholder();
      if (parts.get(parts.size() - 1) instanceof Part.BodyLength) {
        throw ScriptException.atOffset(start, "expected ${body-length} in text, not in hex");
      }
    } else if (payload.charAt(position) == '"') {
      quotedText();
    } else if (payload.charAt(position) == '#') {
      position = payload.length();
    } else {
      int value = Escape.hexByte(payload, position);
      if (value < 0) {
        throw ScriptException.atOffset(
            position,
            "expected a pair of hexadecimal digits, ??, ${name:12 bytes}, text in quotes, or a"
                + " comment after #");
      }
      fixedBytes.write(value);
      position += 2;
    }
  }

  /** Reads text among hexadecimal digits, to its closing quote. */
  private void quotedText() {
    int start = position++;
    while (!payload.startsWith("\"", position)) {
      if (position >= payload.length()) {
        throw ScriptException.atOffset(start, "expected the \" that closes this text");
      } else if (payload.startsWith("${", position)) {
        throw ScriptException.atOffset(
            position,
            "expected the placeholder outside of the quotes; the two characters themselves are"
                + " \\${");
      } else if (payload.startsWith("\\\"", position)) {
        appendFixed("\"", 2);
      } else if (isPlain(position)) {
        appendFixed(payload.substring(position, position + 1), 1);
      } else {
        textPart();
      }
    }
    position++;
  }
}
