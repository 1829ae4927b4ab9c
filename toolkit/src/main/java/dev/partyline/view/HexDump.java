package dev.partyline.view;

import dev.partyline.wire.Bytes;

/** Bytes as tcpdump prints them: control characters are dots. */
final class HexDump {
  private static final int ROW_BYTES = 16;
  private static final int HEX_WIDTH = 41;

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
      StringBuilder hex = new StringBuilder();
      StringBuilder ascii = new StringBuilder();
      for (int i = row; i < rowEnd; i++) {
        hex.append((i - row) % 2 == 0 ? " " : "").append(String.format("%02x", bytes.byteAt(i)));
        ascii.append(graphic((char) (bytes.byteAt(i) & 0xff)));
      }
      text.append(String.format("\t0x%04x: ", row)).append(hex);
      text.append(" ".repeat(HEX_WIDTH - hex.length())).append(' ').append(ascii).append('\n');
    }
  }

  private static char graphic(char c) {
    return c > ' ' && c < 0x7f ? c : '.';
  }
}
