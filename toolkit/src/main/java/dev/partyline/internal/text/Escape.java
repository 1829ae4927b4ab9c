package dev.partyline.internal.text;

import java.util.HexFormat;

/** The escapes of the wire script's text, for bytes that cannot stand there as they are. */
public final class Escape {
  private Escape() {}

  public static String escape(byte[] array, int offset, int endOffset) {
    StringBuilder text = new StringBuilder(endOffset - offset + 16);
    int index = offset;
    while (index < endOffset) {
      int length = Utf8.length(array, index, endOffset);
      if (length == 0) {
        text.append("\\x").append(HexFormat.of().toHexDigits(array[index]));
        index++;
      } else {
        int codePoint = Utf8.codePoint(array, index, length);
        boolean opensPlaceholder =
            codePoint == '$' && index + 1 < endOffset && array[index + 1] == '{';
        append(text, codePoint, opensPlaceholder);
        index += length;
      }
    }
    return text.toString();
  }

  public static int unprintableCount(byte[] array, int offset, int endOffset) {
    int count = 0;
    int index = offset;
    while (index < endOffset) {
      int length = Utf8.length(array, index, endOffset);
      if (length == 0 || !isPrintable(Utf8.codePoint(array, index, length))) {
        count += Math.max(length, 1);
      }
      index += Math.max(length, 1);
    }
    return count;
  }

  private static void append(StringBuilder text, int codePoint, boolean opensPlaceholder) {
    switch (codePoint) {
      case '\\' -> text.append("\\\\");
      case '\r' -> text.append("\\r");
      case '\n' -> text.append("\\n");
      case '\t' -> text.append("\\t");
      case 0 -> text.append("\\0");
      case '$' -> text.append(opensPlaceholder ? "\\$" : "$");
      default -> {
        if (isPrintable(codePoint)) {
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
  private static boolean isPrintable(int codePoint) {
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
