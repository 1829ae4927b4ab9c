package dev.partyline.internal.text;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** The escapes of the wire script's text, for bytes that cannot stand there as they are. */
public final class Escape {
  private static final String CODES = "\\rnt0";
  private static final String CHARS = "\\\r\n\t\0";
  private static final int MAX_CODE_POINT_DIGITS = 6;

  private Escape() {}

  /**
   * Reads one of the escapes that {@link #escape} writes, except that of a dollar sign: the
   * languages differ in what follows it.
   *
   * @param offset where its backslash is
   * @param bytes takes what it stands for
   * @return where it ends, or -1 if there is none
   */
  public static int parse(String text, int offset, ByteArrayOutputStream bytes) {
    int codeOffset = offset + 1;
    char code = codeOffset < text.length() ? text.charAt(codeOffset) : ' ';
    if (CODES.indexOf(code) >= 0) {
      bytes.write(CHARS.charAt(CODES.indexOf(code)));
      return codeOffset + 1;
    }
    if (code == 'x') {
      int value = hexByte(text, codeOffset + 1);
      if (value < 0) {
        return -1;
      }
      bytes.write(value);
      return codeOffset + 3;
    }
    return code == 'u' ? parseCodePoint(text, codeOffset + 1, bytes) : -1;
  }

  private static int parseCodePoint(String text, int offset, ByteArrayOutputStream bytes) {
    int start = offset + 1;
    int end = text.indexOf('}', offset);
    if (!text.startsWith("{", offset) || end <= start || end - start > MAX_CODE_POINT_DIGITS) {
      return -1;
    }
    int codePoint = 0;
    for (int i = start; i < end; i++) {
      if (!HexFormat.isHexDigit(text.charAt(i))) {
        return -1;
      }
      codePoint = codePoint << 4 | HexFormat.fromHexDigit(text.charAt(i));
    }
    if (!Character.isValidCodePoint(codePoint)
        || Character.getType(codePoint) == Character.SURROGATE) {
      return -1;
    }
    bytes.writeBytes(Character.toString(codePoint).getBytes(StandardCharsets.UTF_8));
    return end + 1;
  }

  /** Returns the value of two hexadecimal digits, or -1 if there are none. */
  public static int hexByte(String text, int offset) {
    boolean isByte =
        offset + 2 <= text.length()
            && HexFormat.isHexDigit(text.charAt(offset))
            && HexFormat.isHexDigit(text.charAt(offset + 1));
    return isByte ? HexFormat.fromHexDigits(text, offset, offset + 2) : -1;
  }

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
