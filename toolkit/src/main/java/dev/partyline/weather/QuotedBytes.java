package dev.partyline.weather;

import dev.partyline.wire.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Bytes in quotation marks, with the escapes of the wire script and {@code \"}. */
final class QuotedBytes {
  private static final String ESCAPED = "rnt0\\\"$";
  private static final String MEANT = "\r\n\t\0\\\"$";

  private QuotedBytes() {}

  static String print(Bytes bytes) {
    return '"' + bytes.escaped().replace("\"", "\\\"") + '"';
  }

  /**
   * Reads what stands between the marks.
   *
   * @throws IllegalArgumentException if an escape is none; it names the escape
   */
  static Bytes read(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int at = 0;
    while (at < text.length()) {
      int backslash = text.indexOf('\\', at);
      int end = backslash < 0 ? text.length() : backslash;
      bytes.writeBytes(text.substring(at, end).getBytes(StandardCharsets.UTF_8));
      at = backslash < 0 ? end : escape(text, backslash, bytes);
    }
    return Bytes.of(bytes.toByteArray());
  }

  /** Reads one escape; returns where it ends. */
  private static int escape(String text, int at, ByteArrayOutputStream bytes) {
    char kind = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
    if (ESCAPED.indexOf(kind) >= 0) {
      bytes.write(MEANT.charAt(ESCAPED.indexOf(kind)));
      return at + 2;
    }
    int end = kind == 'x' ? at + 4 : text.indexOf('}', at) + 1;
    try {
      if (kind == 'x') {
        bytes.write(HexFormat.fromHexDigits(text, at + 2, end));
        return end;
      }
      if (kind == 'u' && text.startsWith("{", at + 2)) {
        int codePoint = HexFormat.fromHexDigits(text, at + 3, end - 1);
        bytes.writeBytes(Character.toString(codePoint).getBytes(StandardCharsets.UTF_8));
        return end;
      }
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      // Named below like any other escape that is none.
    }
    String shown = text.substring(at, Math.min(at + 4, text.length()));
    throw new IllegalArgumentException(
        "escape (" + shown + ") must be \\r, \\n, \\t, \\0, \\\\, \\\", \\$, \\xHH or \\u{H}");
  }
}
