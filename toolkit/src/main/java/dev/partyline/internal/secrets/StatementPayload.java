package dev.partyline.internal.secrets;

import dev.partyline.internal.text.Escape;
import dev.partyline.wire.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The payload of a line of a script: what it says is sent, and which of it is written how. */
final class StatementPayload {
  /** What a placeholder is read as, whatever its name and its constraint: they are no secrets. */
  private static final String PLACEHOLDER = "${*}";

  /** An asterisk in hex. */
  private static final String MASKED_PAIR = "2a";

  private final List<DecodedRun> pieces = new ArrayList<>();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /**
   * A character, a pair of digits, an escape or a placeholder, and where the bytes end that it
   * stands for.
   *
   * @param masked what stands in its place where those bytes are masked
   */
  private record DecodedRun(String text, String masked, int endOffset) {}

  private StatementPayload() {}

  static StatementPayload ofText(String text) {
    StatementPayload payload = new StatementPayload();
    int offset = 0;
    while (offset < text.length()) {
      offset =
          text.startsWith("${", offset)
              ? payload.placeholder(text, offset)
              : payload.textPiece(text, offset);
    }
    return payload;
  }

  /** Returns the payload of a line in hex, or of text where the script is not valid. */
  static StatementPayload ofHex(String text) {
    StatementPayload payload = new StatementPayload();
    int offset = 0;
    while (offset >= 0 && offset < text.length()) {
      offset = payload.hexPiece(text, offset);
    }
    return offset < 0 ? ofText(text) : payload;
  }

  /** Reads a piece of a line in hex, and returns where it ends; -1 if there is none. */
  private int hexPiece(String text, int offset) {
    if (text.startsWith("${", offset)) {
      return placeholder(text, offset);
    }
    switch (text.charAt(offset)) {
      case ' ' -> {
        return add(text, offset, offset + 1, " ");
      }
      case '#' -> {
        return add(text, offset, text.length(), text.substring(offset));
      }
      case '"' -> {
        return quoted(text, offset);
      }
      case '?' -> {
        bytes.write('?');
        return text.startsWith("??", offset) ? add(text, offset, offset + 2, "??") : -1;
      }
      default -> {
        int value = Escape.hexByte(text, offset);
        bytes.write(value);
        return value < 0 ? -1 : add(text, offset, offset + 2, MASKED_PAIR);
      }
    }
  }

  private int quoted(String text, int offset) {
    int end = add(text, offset, offset + 1, "\"");
    while (end < text.length() && text.charAt(end) != '"') {
      if (text.startsWith("\\\"", end)) {
        bytes.write('"');
        end = add(text, end, end + 2, "*");
      } else {
        end = textPiece(text, end);
      }
    }
    return end < text.length() ? add(text, end, end + 1, "\"") : -1;
  }

  private int add(String text, int offset, int end, String masked) {
    pieces.add(new DecodedRun(text.substring(offset, end), masked, bytes.size()));
    return end;
  }

  /** Reads a character or an escape. */
  private int textPiece(String text, int offset) {
    int start = bytes.size();
    int end = text.charAt(offset) == '\\' ? escape(text, offset) : character(text, offset);
    return add(text, offset, end, "*".repeat(bytes.size() - start));
  }

  /** Reads a placeholder to its brace, or the dollar sign alone where the script is not valid. */
  private int placeholder(String text, int offset) {
    int depth = 0;
    for (int i = offset + 1; i < text.length(); i++) {
      switch (text.charAt(i)) {
        case '\\' -> i++;
        case '{' -> depth++;
        case '}' -> {
          if (--depth == 0) {
            bytes.writeBytes(PLACEHOLDER.getBytes(StandardCharsets.UTF_8));
            return add(text, offset, i + 1, text.substring(offset, i + 1));
          }
        }
        default -> {
          // A part of its name or of its constraint.
        }
      }
    }
    return textPiece(text, offset);
  }

  private int character(String text, int offset) {
    int end = text.offsetByCodePoints(offset, 1);
    bytes.writeBytes(text.substring(offset, end).getBytes(StandardCharsets.UTF_8));
    return end;
  }

  /** Reads an escape, or the backslash alone where the script is not valid. */
  private int escape(String text, int offset) {
    int end = Escape.parse(text, offset, bytes);
    if (end >= 0) {
      return end;
    }
    if (text.startsWith("s", offset + 1)) {
      bytes.write(' ');
      return offset + 2;
    }
    boolean isOfScript = text.startsWith("${", offset + 1) || text.startsWith("...", offset + 1);
    return character(text, isOfScript ? offset + 1 : offset);
  }

  Bytes bytes() {
    return Bytes.of(bytes.toByteArray());
  }

  /** Returns the payload with an asterisk for each byte that is not as it was, but placeholders. */
  String masked(Bytes masked) {
    Bytes original = bytes();
    StringBuilder text = new StringBuilder();
    int offset = 0;
    for (DecodedRun piece : pieces) {
      int end = piece.endOffset;
      boolean isSame = original.slice(offset, end).equals(masked.slice(offset, end));
      text.append(isSame ? piece.text : piece.masked);
      offset = end;
    }
    return text.toString();
  }
}
