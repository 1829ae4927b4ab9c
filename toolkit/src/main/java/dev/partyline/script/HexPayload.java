package dev.partyline.script;

import dev.partyline.wire.Bytes;
import java.util.HexFormat;

/** Prints bytes for a line in hex. */
final class HexPayload {
  /** Shorter text is more often a number that looks like text. */
  private static final int MIN_TEXT_BYTES = 3;

  private static final HexFormat PAIRS = HexFormat.of().withSuffix(" ");

  private final Bytes bytes;

  private HexPayload(Bytes bytes) {
    this.bytes = bytes;
  }

  /** Returns pairs of hexadecimal digits, each with a space after it. */
  static String pairs(Bytes bytes) {
    return PAIRS.formatHex(bytes.toArray());
  }

  /** Returns pairs, and text in quotes where at least half of the bytes are text. */
  static String print(Bytes bytes) {
    HexPayload payload = new HexPayload(bytes);
    return payload.textBytes() * 2 >= bytes.size() ? payload.mixed() : pairs(bytes);
  }

  private int textBytes() {
    int count = 0;
    for (int offset = 0; offset < bytes.size(); offset = endOffset(offset)) {
      count += isText(offset) ? endOffset(offset) - offset : 0;
    }
    return count;
  }

  private String mixed() {
    StringBuilder text = new StringBuilder();
    for (int offset = 0; offset < bytes.size(); offset = endOffset(offset)) {
      Bytes run = bytes.slice(offset, endOffset(offset));
      text.append(isText(offset) ? '"' + run.escaped().replace("\"", "\\\"") + "\" " : pairs(run));
    }
    return text.toString();
  }

  private boolean isText(int offset) {
    return isPrintable(offset) && endOffset(offset) - offset >= MIN_TEXT_BYTES;
  }

  /** Returns where the bytes end that can be printed as the one at the offset can. */
  private int endOffset(int offset) {
    int end = offset + 1;
    while (end < bytes.size() && isPrintable(end) == isPrintable(offset)) {
      end++;
    }
    return end;
  }

  private boolean isPrintable(int offset) {
    byte value = bytes.byteAt(offset);
    return value >= ' ' && value < 0x7f;
  }
}
