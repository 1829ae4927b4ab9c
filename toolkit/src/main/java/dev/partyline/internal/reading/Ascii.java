package dev.partyline.internal.reading;

import dev.partyline.wire.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** The sets of characters of RFC 9110 and RFC 3986. */
public final class Ascii {
  private static final String TOKEN = "!#$%&'*+-.^_`|~";
  private static final String NOT_IN_URI = "\"<>\\^`{|}#";

  private Ascii() {}

  public static String text(Bytes bytes) {
    return new String(bytes.toArray(), StandardCharsets.ISO_8859_1);
  }

  public static boolean isBlank(int c) {
    return c == ' ' || c == '\t';
  }

  public static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  public static boolean isHex(int c) {
    return Character.digit(c, 16) >= 0 && c < 0x80;
  }

  /** Returns whether a token may contain it (RFC 9110, 5.6.2). */
  static boolean isToken(int c) {
    return isDigit(c) || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || TOKEN.indexOf(c) >= 0;
  }

  /** Returns whether a field value may contain it (RFC 9110, 5.5). */
  public static boolean isText(int c) {
    return c >= ' ' && c != 0x7f || c == '\t';
  }

  /** Returns whether a request target may contain it (RFC 9112, 3.2, and RFC 3986). */
  public static boolean isUri(int c) {
    return c > ' ' && c < 0x7f && NOT_IN_URI.indexOf(c) < 0;
  }

  /**
   * Returns the index of the first character, from an index on, that a token may not contain, or
   * the end.
   */
  public static int tokenEnd(String text, int start) {
    int index = start;
    while (index < text.length() && isToken(text.charAt(index))) {
      index++;
    }
    return index;
  }

  public static int skipBlanks(String text, int start) {
    int index = start;
    while (index < text.length() && isBlank(text.charAt(index))) {
      index++;
    }
    return index;
  }

  /** Returns the name of a character for a sentence. */
  public static String name(int c) {
    return switch (c) {
      case '\r' -> "a bare CR";
      case '\n' -> "a bare LF";
      case 0 -> "a NUL";
      case ' ' -> "a space";
      case '\t' -> "a tab";
      default ->
          c > ' ' && c < 0x7f
              ? "'" + (char) c + "'"
              : "the byte 0x" + HexFormat.of().toHexDigits((byte) c);
    };
  }
}
