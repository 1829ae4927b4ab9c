package dev.partyline.internal.text;

import dev.partyline.wire.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Bytes in quotation marks, with the escapes of the wire script and {@code \"}. */
public final class QuotedBytes {
  private static final String ESCAPE_CODES = "rnt0\\\"$";
  private static final String ESCAPED_CHARS = "\r\n\t\0\\\"$";

  private QuotedBytes() {}

  public static String print(Bytes bytes) {
    return '"' + bytes.escaped().replace("\"", "\\\"") + '"';
  }

  /**
   * Reads what stands between the marks.
   *
   * @throws IllegalArgumentException if an escape is none; it names the escape
   */
  public static Bytes read(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int offset = 0;
    while (offset < text.length()) {
      int backslash = text.indexOf('\\', offset);
      int endOffset = backslash < 0 ? text.length() : backslash;
      bytes.writeBytes(text.substring(offset, endOffset).getBytes(StandardCharsets.UTF_8));
      offset = backslash < 0 ? endOffset : escape(text, backslash, bytes);
    }
    return Bytes.of(bytes.toByteArray());
  }

  /** Reads one escape; returns where it ends. */
  private static int escape(String text, int offset, ByteArrayOutputStream bytes) {
    char kind = offset + 1 < text.length() ? text.charAt(offset + 1) : ' ';
    if (ESCAPE_CODES.indexOf(kind) >= 0) {
      bytes.write(ESCAPED_CHARS.charAt(ESCAPE_CODES.indexOf(kind)));
      return offset + 2;
    }
    int endOffset = kind == 'x' ? offset + 4 : text.indexOf('}', offset) + 1;
    try {
      if (kind == 'x') {
        bytes.write(HexFormat.fromHexDigits(text, offset + 2, endOffset));
        return endOffset;
      }
      if (kind == 'u' && text.startsWith("{", offset + 2)) {
        int codePoint = HexFormat.fromHexDigits(text, offset + 3, endOffset - 1);
        bytes.writeBytes(Character.toString(codePoint).getBytes(StandardCharsets.UTF_8));
        return endOffset;
      }
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      // Named below like any other escape that is none.
    }
    String excerpt = text.substring(offset, Math.min(offset + 4, text.length()));
    throw new IllegalArgumentException(
        "escape (" + excerpt + ") must be \\r, \\n, \\t, \\0, \\\\, \\\", \\$, \\xHH or \\u{H}");
  }
}
