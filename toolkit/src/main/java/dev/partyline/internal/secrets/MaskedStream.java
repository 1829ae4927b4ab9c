package dev.partyline.internal.secrets;

import dev.partyline.wire.Bytes;
import java.util.Arrays;
import java.util.BitSet;

/** What one side sent, with an asterisk for each byte of a secret; line ends stay. */
final class MaskedStream {
  static final byte MASK = '*';

  private final byte[] original;
  private final BitSet maskedOffsets = new BitSet();
  private byte[] masked;

  MaskedStream(byte[] original) {
    this.original = original;
    this.masked = original;
  }

  byte[] original() {
    return original;
  }

  int size() {
    return original.length;
  }

  void mask(int offset, int endOffset) {
    for (int i = Math.max(offset, 0); i < Math.min(endOffset, original.length); i++) {
      if (original[i] != '\r' && original[i] != '\n') {
        put(i, MASK);
      }
    }
  }

  /** Puts another byte than the asterisk where a protocol encodes what it sends. */
  void put(int offset, byte value) {
    if (masked == original) {
      masked = original.clone();
    }
    masked[offset] = value;
    maskedOffsets.set(offset);
  }

  Bytes bytes() {
    return Bytes.of(masked);
  }

  /** Returns where each masked range begins and ends, by turns. */
  int[] ranges() {
    int[] ranges = new int[16];
    int count = 0;
    for (int start = maskedOffsets.nextSetBit(0); start >= 0; ) {
      int end = maskedOffsets.nextClearBit(start);
      if (count == ranges.length) {
        ranges = Arrays.copyOf(ranges, 2 * count);
      }
      ranges[count++] = start;
      ranges[count++] = end;
      start = maskedOffsets.nextSetBit(end);
    }
    return Arrays.copyOf(ranges, count);
  }
}
