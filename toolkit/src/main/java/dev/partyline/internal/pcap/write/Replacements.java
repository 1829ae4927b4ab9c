package dev.partyline.internal.pcap.write;

import java.util.Arrays;

/**
 * What is written in place of some bytes of a stream. There may be a secret in every few bytes, so
 * each takes little more memory than its bytes.
 */
final class Replacements {
  private long[] offsets = {};

  /** Where the bytes of each begin; one more for the end of the last. */
  private int[] starts = {0};

  private byte[] bytes = {};
  private int count;

  /** Adds a part of an array as what is written at an offset, after all that was added before. */
  void add(long offset, byte[] source, int start, int end) {
    if (count == offsets.length) {
      offsets = Arrays.copyOf(offsets, Math.max(4, count * 2));
      starts = Arrays.copyOf(starts, offsets.length + 1);
    }
    int length = end - start;
    if (starts[count] + length > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(starts[count] + length, bytes.length * 2));
    }
    System.arraycopy(source, start, bytes, starts[count], length);
    offsets[count] = offset;
    starts[++count] = starts[count - 1] + length;
  }

  /** Replaces what was read of the stream into an array. */
  void apply(long offset, byte[] target, int targetOffset, int length) {
    long endOffset = offset + length;
    for (int i = firstAfter(offset); i < count && offsets[i] < endOffset; i++) {
      long from = Math.max(offsets[i], offset);
      long to = Math.min(endOffset(i), endOffset);
      int source = starts[i] + (int) (from - offsets[i]);
      System.arraycopy(
          bytes, source, target, targetOffset + (int) (from - offset), (int) (to - from));
    }
  }

  private long endOffset(int index) {
    return offsets[index] + starts[index + 1] - starts[index];
  }

  /** Returns the index of the first that ends after an offset. */
  private int firstAfter(long offset) {
    int low = 0;
    int high = count;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (endOffset(middle) <= offset) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
