package dev.partyline.wire;

import java.util.HexFormat;

/** The escapes of the wire script's text, for bytes that cannot stand there as they are. */
final class Escape {
  private Escape() {}

  static String text(byte[] array, int from, int to) {
    StringBuilder text = new StringBuilder(to - from + 16);
    int at = from;
    while (at < to) {
      int length = Utf8.length(array, at, to);
      if (length == 0) {
        text.append("\\x").append(HexFormat.of().toHexDigits(array[at]));
        at++;
      } else {
        int codePoint = Utf8.codePoint(array, at, length);
        boolean opens = codePoint == '$' && at + 1 < to && array[at + 1] == '{';
        append(text, codePoint, opens);
        at += length;
      }
    }
    return text.toString();
  }

  static int unprintable(byte[] array, int from, int to) {
    int count = 0;
    int at = from;
    while (at < to) {
      int length = Utf8.length(array, at, to);
      if (length == 0 || !isPlain(Utf8.codePoint(array, at, length))) {
        count += Math.max(length, 1);
      }
      at += Math.max(length, 1);
    }
    return count;
  }

  private static void append(StringBuilder text, int codePoint, boolean opens) {
    switch (codePoint) {
      case '\\' -> text.append("\\\\");
      case '\r' -> text.append("\\r");
      case '\n' -> text.append("\\n");
      case '\t' -> text.append("\\t");
      case 0 -> text.append("\\0");
      case '$' -> text.append(opens ? "\\$" : "$");
      default -> {
        if (isPlain(codePoint)) {
          text.appendCodePoint(codePoint);
        } else if (codePoint < 0x80) {
          text.append("\\x").append(HexFormat.of().toHexDigits((byte) codePoint));
        } else {
          text.append("\\u{").append(Integer.toHexString(codePoint)).append('}');
        }
      }
    }
  }

  /** Whether a reader sees the character for what it is: no control, no mark that turns text. */
  private static boolean isPlain(int codePoint) {
    if (codePoint < 0x80) {
      return codePoint >= ' ' && codePoint != 0x7f;
    }
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
