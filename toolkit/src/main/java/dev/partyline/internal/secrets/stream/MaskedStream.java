package dev.partyline.internal.secrets.stream;

import dev.partyline.wire.Bytes;
import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;

/** What one side sent, with an asterisk for each byte of a secret; line ends stay. */
public final class MaskedStream {
  public static final byte MASK = '*';

  private final byte[] original;
  private final BitSet maskedOffsets = new BitSet();
  private final SecretValues values = new SecretValues();
  private byte[] masked;

  public MaskedStream(byte[] original) {
    this.original = original;
    this.masked = original;
  }

  public byte[] original() {
    return original;
  }

  /** Returns the secrets as they read where they are not encoded. */
  public SecretValues values() {
    return values;
  }

  public int size() {
    return original.length;
  }

  public void mask(int offset, int endOffset) {
    int end = Math.min(endOffset, original.length);
    int start = Math.max(offset, 0);
    while (start < end) {
      int partEnd = start;
      while (partEnd < end && !isLineEnd(original[partEnd])) {
        partEnd++;
      }
      if (partEnd > start) {
        copy();
        Arrays.fill(masked, start, partEnd, MASK);
        maskedOffsets.set(start, partEnd);
      }
      start = partEnd + 1;
    }
  }

  public static boolean isLineEnd(byte value) {
    return value == '\r' || value == '\n';
  }

  private void copy() {
    if (maskedOffsets.isEmpty()) {
      masked = original.clone();
    }
  }

  /** Puts another byte than the asterisk where a protocol encodes what it sends. */
  public void put(int offset, byte value) {
    copy();
    masked[offset] = value;
    maskedOffsets.set(offset);
  }

  public boolean hasSecrets() {
    return !maskedOffsets.isEmpty();
  }

  public Bytes bytes() {
    return Bytes.of(masked);
  }

  /** Returns where each masked range begins and ends, by turns. */
  public int[] ranges() {
    IntStream.Builder ranges = IntStream.builder();
    for (int start = maskedOffsets.nextSetBit(0); start >= 0; ) {
      int end = maskedOffsets.nextClearBit(start);
      ranges.add(start).add(end);
      start = maskedOffsets.nextSetBit(end);
    }
    return ranges.build().toArray();
  }
}
