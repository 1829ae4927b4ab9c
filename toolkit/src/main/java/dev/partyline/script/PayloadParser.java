package dev.partyline.script;

import dev.partyline.wire.Bytes;
import java.util.ArrayList;
import java.util.List;

/** Reads the payload of one line, text or hex, into its parts. */
final class PayloadParser {
  private static final String ESCAPES = "one of \\\\ \\r \\n \\t \\0 \\s \\xHH \\u{H…} \\${ \\...";

  private static final int MOST_PLACEHOLDERS = 100;

  private final String payload;
  private final List<Part> parts = new ArrayList<>();
  private final List<Integer> offsets = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private int fixed;
  private int at;

  private PayloadParser(String payload) {
    this.payload = payload;
  }

  static List<Part> text(String payload, LineEnd end) {
    PayloadParser reader = new PayloadParser(payload);
    while (reader.at < payload.length()) {
      reader.textPart();
    }
    reader.flush();
    return reader.checked(end);
  }

  static List<Part> hex(String payload) {
    PayloadParser reader = new PayloadParser(payload);
    while (reader.at < payload.length()) {
      reader.hexPart();
    }
    return reader.checked(LineEnd.NONE);
  }

  private List<Part> checked(LineEnd end) {
    if (parts.size() - fixed > MOST_PLACEHOLDERS) {
      throw ScriptException.within(0, "more than " + MOST_PLACEHOLDERS + " placeholders in a line");
    }
    for (int i = 0; i < parts.size(); i++) {
      if (PayloadRules.lacksEnd(parts, i, end)) {
        throw ScriptException.within(
            offsets.get(i), "this has no clear end: " + PayloadRules.endRule(parts.get(i)));
      }
    }
    return PayloadRules.joined(parts);
  }

  private void add(int offset, Part part) {
    flush();
    fixed += part instanceof Part.Fixed || !(part instanceof Part.Placeholder) ? 1 : 0;
    parts.add(part);
    offsets.add(offset);
  }

  private void flush() {
    if (!text.isEmpty()) {
      String whole = text.toString();
      text.setLength(0);
      add(at, new Part.Fixed(Bytes.utf8(whole)));
    }
  }

  private void textPart() {
    char next = payload.charAt(at);
    if (next == '\\') {
      escape();
    } else if (payload.startsWith("${", at)) {
      placeholder();
    } else if (isControl(next)) {
      throw control(payload, at);
    } else if (!Character.isSurrogate(next)) {
      text.append(next);
      at++;
    } else if (Character.isSupplementaryCodePoint(payload.codePointAt(at))) {
      text.appendCodePoint(payload.codePointAt(at));
      at += 2;
    } else {
      throw ScriptException.within(at, "half a surrogate pair; expected a whole character");
    }
  }

  static boolean isControl(char c) {
    return (c < ' ' && c != '\t') || c == 0x7f;
  }

  static ScriptException control(String payload, int offset) {
    return ScriptException.within(
        offset,
        String.format(
            "control character; expected it written \\x%02x", (int) payload.charAt(offset)));
  }

  private void escape() {
    int start = at;
    char kind = start + 1 < payload.length() ? payload.charAt(start + 1) : ' ';
    at += 2;
    switch (kind) {
      case '\\' -> text.append('\\');
      case 'r' -> text.append('\r');
      case 'n' -> text.append('\n');
      case 't' -> text.append('\t');
      case '0' -> text.append('\0');
      case 's' -> text.append(' ');
      case 'x' -> add(start, new Part.Fixed(Bytes.of(pair(start))));
      case 'u' -> text.appendCodePoint(codePoint(start));
      case '$' -> literal(start, "\\${", "${");
      case '.' -> literal(start, "\\...", "...");
      default ->
          throw ScriptException.within(
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
      throw ScriptException.within(
          start, "unknown escape \\" + payload.charAt(start + 1) + "; expected " + ESCAPES);
    }
    text.append(meaning);
    at = start + escape.length();
  }

  private byte pair(int escapeAt) {
    int high = at < payload.length() ? Character.digit(payload.charAt(at), 16) : -1;
    int low = at + 1 < payload.length() ? Character.digit(payload.charAt(at + 1), 16) : -1;
    if (high < 0 || low < 0) {
      throw ScriptException.within(escapeAt, "expected two hexadecimal digits, such as \\x0d");
    }
    at += 2;
    return (byte) (high << 4 | low);
  }

  private int codePoint(int escapeAt) {
    int close = payload.indexOf('}', at);
    if (payload.startsWith("{", at) && close > at + 1 && close - at <= 7) {
      int value = 0;
      for (int i = at + 1; i < close; i++) {
        int digit = Character.digit(payload.charAt(i), 16);
        value = digit < 0 ? Integer.MAX_VALUE : value << 4 | digit;
      }
      if (Character.isValidCodePoint(value) && !(value >= 0xd800 && value < 0xe000)) {
        at = close + 1;
        return value;
      }
    }
    throw ScriptException.within(
        escapeAt, "expected a character of Unicode in braces, such as \\u{20ac}");
  }

  private void placeholder() {
    int start = at;
    int end = Identifiers.end(payload, start + 2);
    if (end == start + 2) {
      throw ScriptException.within(
          start,
          "expected a name after ${, such as ${user} or ${*}; the two characters themselves are"
              + " \\${");
    }
    String name = payload.substring(start + 2, end);
    at = end;
    if (payload.startsWith("}", at)) {
      at++;
      add(
          start,
          name.equals(Identifiers.BODY_LENGTH)
              ? new Part.BodyLength()
              : PlaceholderParser.placeholder(name));
    } else if (!payload.startsWith(":", at)) {
      throw ScriptException.within(at, "expected } or : after the name '" + name + "'");
    } else if (name.equals(Identifiers.BODY_LENGTH)) {
      throw ScriptException.within(at, "expected } after body-length: it has no shape");
    } else {
      int close = PlaceholderParser.end(payload, start, at + 1);
      add(start, PlaceholderParser.placeholder(name, at + 1, payload.substring(at + 1, close)));
      at = close + 1;
    }
  }

  private void hexPart() {
    if (payload.charAt(at) == ' ') {
      at++;
    } else if (payload.startsWith("??", at)) {
      add(at, new Part.AnyByte());
      at += 2;
    } else if (payload.startsWith("${", at)) {
      int start = at;
      placeholder();
      Part last = parts.get(parts.size() - 1);
      if (!(last instanceof Part.Placeholder taken) || taken.isElastic()) {
        throw ScriptException.within(
            start, "expected a placeholder with a length, such as ${id:4 bytes}, in hex");
      }
    } else {
      int start = at;
      int high = Character.digit(payload.charAt(at), 16);
      int low = at + 1 < payload.length() ? Character.digit(payload.charAt(at + 1), 16) : -1;
      if (high < 0 || low < 0) {
        throw ScriptException.within(
            at, "expected a pair of hexadecimal digits, ?? or ${name:12 bytes}");
      }
      at += 2;
      add(start, new Part.Fixed(Bytes.of((byte) (high << 4 | low))));
    }
  }
}
