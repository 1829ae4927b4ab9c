package dev.partyline.internal.text;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Bytes in quotation marks, with the escapes of the wire script and {@code \"}. */
public final class QuotedBytes {
  private QuotedBytes() {}

  public static String print(byte[] bytes) {
    return '"' + Escape.escape(bytes, 0, bytes.length).replace("\"", "\\\"") + '"';
  }

  /**
   * Reads what stands between the marks.
   *
   * @throws IllegalArgumentException if an escape is not valid; it names the escape
   */
  public static byte[] read(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int offset = 0;
    while (offset < text.length()) {
      int backslash = text.indexOf('\\', offset);
      int endOffset = backslash < 0 ? text.length() : backslash;
      bytes.writeBytes(text.substring(offset, endOffset).getBytes(StandardCharsets.UTF_8));
      offset = backslash < 0 ? endOffset : readEscape(text, backslash, bytes);
    }
    return bytes.toByteArray();
  }

  /** Reads one escape; returns where it ends. */
  private static int readEscape(String text, int offset, ByteArrayOutputStream bytes) {
    int endOffset = Escape.parse(text, offset, bytes);
    if (endOffset >= 0) {
      return endOffset;
    }
    if (text.startsWith("\\\"", offset) || text.startsWith("\\$", offset)) {
      bytes.write(text.charAt(offset + 1));
      return offset + 2;
    }
    String excerpt = text.substring(offset, Math.min(offset + 4, text.length()));
    throw new IllegalArgumentException(
        "escape (" + excerpt + ") must be \\r, \\n, \\t, \\0, \\\\, \\\", \\$, \\xHH or \\u{H}");
  }
}
