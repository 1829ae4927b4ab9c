package dev.partyline.internal.secrets;

import dev.partyline.internal.text.Escape;
import dev.partyline.wire.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The text of a line of a script: what it says is sent, and which of it is written how. */
final class StatementPayload {
  /** What a placeholder is read as, whatever its name and its constraint: they are no secrets. */
  private static final String PLACEHOLDER = "${*}";

  private final List<DecodedRun> pieces = new ArrayList<>();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** A character, an escape or a placeholder, and where the bytes end that it stands for. */
  private record DecodedRun(String text, int endOffset) {
    boolean isPlaceholder() {
      return text.startsWith("${");
    }
  }

  StatementPayload(String text) {
    int offset = 0;
    while (offset < text.length()) {
      int end =
          text.startsWith("${", offset)
              ? placeholder(text, offset)
              : text.charAt(offset) == '\\' ? escape(text, offset) : character(text, offset);
      pieces.add(new DecodedRun(text.substring(offset, end), bytes.size()));
      offset = end;
    }
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
            return i + 1;
          }
        }
        default -> {
          // A part of its name or of its constraint.
        }
      }
    }
    return character(text, offset);
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

  /** Returns the text with an asterisk for each byte of what is not as it was, but placeholders. */
  String masked(Bytes masked) {
    Bytes original = bytes();
    StringBuilder text = new StringBuilder();
    int offset = 0;
    for (DecodedRun piece : pieces) {
      int end = piece.endOffset;
      boolean isSame =
          piece.isPlaceholder() || original.slice(offset, end).equals(masked.slice(offset, end));
      text.append(isSame ? piece.text : "*".repeat(end - offset));
      offset = end;
    }
    return text.toString();
  }
}
