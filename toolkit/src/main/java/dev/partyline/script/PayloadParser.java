package dev.partyline.script;

import dev.partyline.wire.Bytes;
import java.util.ArrayList;
import java.util.List;

/** Reads the payload of one line, text or hex, into its parts. */
final class PayloadParser {
  private static final String ESCAPES = "one of \\\\ \\r \\n \\t \\0 \\s \\xHH \\u{H…} \\${ \\...";

  private static final int MAX_PLACEHOLDERS = 100;

  private final String payload;
  private final List<Part> parts = new ArrayList<>();
  private final List<Integer> offsets = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private int placeholderCount;
  private int position;

  private PayloadParser(String payload) {
    this.payload = payload;
  }

  static List<Part> text(String payload, LineEnd end) {
    PayloadParser parser = new PayloadParser(payload);
    while (parser.position < payload.length()) {
      parser.textPart();
    }
    parser.flush();
    return parser.validateParts(end);
  }

  static List<Part> hex(String payload) {
    PayloadParser parser = new PayloadParser(payload);
    while (parser.position < payload.length()) {
      parser.hexPart();
    }
    return parser.validateParts(LineEnd.NONE);
  }

  private List<Part> validateParts(LineEnd end) {
    if (placeholderCount > MAX_PLACEHOLDERS) {
      throw ScriptException.atOffset(
          0, "more than " + MAX_PLACEHOLDERS + " placeholders in a line");
    }
    for (int i = 0; i < parts.size(); i++) {
      if (PayloadRules.lacksEnd(parts, i, end)) {
        throw ScriptException.atOffset(
            offsets.get(i), "this has no clear end: " + PayloadRules.endRule(parts.get(i)));
      }
    }
    return PayloadRules.joinFixed(parts);
  }

  private void add(int offset, Part part) {
    flush();
    placeholderCount += part instanceof Part.Placeholder ? 1 : 0;
    parts.add(part);
    offsets.add(offset);
  }

  private void flush() {
    if (!text.isEmpty()) {
      String literal = text.toString();
      text.setLength(0);
      add(position, new Part.Fixed(Bytes.utf8(literal)));
    }
  }

  private void textPart() {
    char next = payload.charAt(position);
    if (next == '\\') {
      escape();
    } else if (payload.startsWith("${", position)) {
      placeholder();
    } else if (isControl(next)) {
      throw controlCharacterError(payload, position);
    } else if (!Character.isSurrogate(next)) {
      text.append(next);
      position++;
    } else if (Character.isSupplementaryCodePoint(payload.codePointAt(position))) {
      text.appendCodePoint(payload.codePointAt(position));
      position += 2;
    } else {
      throw ScriptException.atOffset(position, "half a surrogate pair; expected a whole character");
    }
  }

  static boolean isControl(char c) {
    return (c < ' ' && c != '\t') || c == 0x7f;
  }

  static ScriptException controlCharacterError(String payload, int offset) {
    return ScriptException.atOffset(
        offset,
        String.format(
            "control character; expected it written \\x%02x", (int) payload.charAt(offset)));
  }

  private void escape() {
    int start = position;
    char kind = start + 1 < payload.length() ? payload.charAt(start + 1) : ' ';
    position += 2;
    switch (kind) {
      case '\\' -> text.append('\\');
      case 'r' -> text.append('\r');
      case 'n' -> text.append('\n');
      case 't' -> text.append('\t');
      case '0' -> text.append('\0');
      case 's' -> text.append(' ');
      case 'x' -> add(start, new Part.Fixed(Bytes.of(hexByte(start))));
      case 'u' -> text.appendCodePoint(codePoint(start));
      case '$' -> literal(start, "\\${", "${");
      case '.' -> literal(start, "\\...", "...");
      default ->
          throw ScriptException.atOffset(
              start,
              kind == ' '
                  ? "a backslash alone; expected " + ESCAPES
                  : "unknown escape \\"
                      + Character.toString(payload.codePointAt(start + 1))
                      + "; expected "
                      + ESCAPES);
    }
  }

  private void literal(int start, String escape, String meaning) {
    if (!payload.startsWith(escape, start)) {
      throw ScriptException.atOffset(
          start, "unknown escape \\" + payload.charAt(start + 1) + "; expected " + ESCAPES);
    }
    text.append(meaning);
    position = start + escape.length();
  }

  private byte hexByte(int escapeOffset) {
    int high = position < payload.length() ? Character.digit(payload.charAt(position), 16) : -1;
    int low =
        position + 1 < payload.length() ? Character.digit(payload.charAt(position + 1), 16) : -1;
    if (high < 0 || low < 0) {
      throw ScriptException.atOffset(
          escapeOffset, "expected two hexadecimal digits, such as \\x0d");
    }
    position += 2;
    return (byte) (high << 4 | low);
  }

  private int codePoint(int escapeOffset) {
    int close = payload.indexOf('}', position);
    if (payload.startsWith("{", position) && close > position + 1 && close - position <= 7) {
      int value = 0;
      for (int i = position + 1; i < close; i++) {
        int digit = Character.digit(payload.charAt(i), 16);
        value = digit < 0 ? Integer.MAX_VALUE : value << 4 | digit;
      }
      if (Character.isValidCodePoint(value) && !(value >= 0xd800 && value < 0xe000)) {
        position = close + 1;
        return value;
      }
    }
    throw ScriptException.atOffset(
        escapeOffset, "expected a character of Unicode in braces, such as \\u{20ac}");
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
          start,
          name.equals(Identifiers.BODY_LENGTH)
              ? new Part.BodyLength()
              : PlaceholderParser.placeholder(name));
    } else if (!payload.startsWith(":", position)) {
      throw ScriptException.atOffset(position, "expected } or : after the name '" + name + "'");
    } else if (name.equals(Identifiers.BODY_LENGTH)) {
      throw ScriptException.atOffset(position, "expected } after body-length: it has no shape");
    } else {
      int close = PlaceholderParser.closingBrace(payload, start, position + 1);
      add(
          start,
          PlaceholderParser.placeholder(
              name, position + 1, payload.substring(position + 1, close)));
      position = close + 1;
    }
  }

  private void hexPart() {
    if (payload.charAt(position) == ' ') {
      position++;
    } else if (payload.startsWith("??", position)) {
      add(position, new Part.AnyByte());
      position += 2;
    } else if (payload.startsWith("${", position)) {
      int start = position;
      placeholder();
      if (parts.get(parts.size() - 1).isElastic()) {
        throw ScriptException.atOffset(
            start, "expected a placeholder with a length, such as ${id:4 bytes}, in hex");
      }
    } else {
      int start = position;
      int high = Character.digit(payload.charAt(position), 16);
      int low =
          position + 1 < payload.length() ? Character.digit(payload.charAt(position + 1), 16) : -1;
      if (high < 0 || low < 0) {
        throw ScriptException.atOffset(
            position, "expected a pair of hexadecimal digits, ?? or ${name:12 bytes}");
      }
      position += 2;
      add(start, new Part.Fixed(Bytes.of((byte) (high << 4 | low))));
    }
  }
}
