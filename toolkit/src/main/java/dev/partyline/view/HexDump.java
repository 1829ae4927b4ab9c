package dev.partyline.view;

import dev.partyline.wire.Bytes;
import java.util.HexFormat;

/** Bytes as tcpdump prints them: control characters are dots. */
final class HexDump {
  private static final int ROW_BYTES = 16;

  /** With the space after it. */
  private static final int HEX_WIDTH = 42;

  private static final int OFFSET_DIGITS = 4;
  private static final HexFormat HEX = HexFormat.of();

  private HexDump() {}

  /** A line ends at each LF; a CR before it or at the end is left out, a tab stays. */
  static void ascii(Bytes bytes, StringBuilder text) {
    for (int i = 0; i < bytes.size(); i++) {
      char c = (char) (bytes.byteAt(i) & 0xff);
      boolean endsLine = c == '\r' && (i + 1 == bytes.size() || bytes.byteAt(i + 1) == '\n');
      if (!endsLine) {
        text.append(c == '\n' || c == '\t' || c == ' ' ? c : graphic(c));
      }
    }
    if (!bytes.isEmpty()) {
      text.append('\n');
    }
  }

  /** Rows of sixteen bytes: the offset in the chunk, pairs of bytes, and the text. */
  static void hex(Bytes bytes, StringBuilder text) {
    for (int row = 0; row < bytes.size(); row += ROW_BYTES) {
      int rowEnd = Math.min(bytes.size(), row + ROW_BYTES);
      appendOffset(row, text);
      int hexStart = text.length();
      for (int i = row; i < rowEnd; i++) {
        if ((i - row) % 2 == 0) {
          text.append(' ');
        }
        HEX.toHexDigits(text, bytes.byteAt(i));
      }
      text.append(" ".repeat(HEX_WIDTH - (text.length() - hexStart)));
      for (int i = row; i < rowEnd; i++) {
        text.append(graphic((char) (bytes.byteAt(i) & 0xff)));
      }
      text.append('\n');
    }
  }

  private static void appendOffset(int offset, StringBuilder text) {
    text.append("\t0x");
    int digits = Math.max(OFFSET_DIGITS, (35 - Integer.numberOfLeadingZeros(offset)) / 4);
    text.append(HEX.toHexDigits(offset, digits)).append(": ");
  }

  private static char graphic(char c) {
    return c > ' ' && c < 0x7f ? c : '.';
  }
}
