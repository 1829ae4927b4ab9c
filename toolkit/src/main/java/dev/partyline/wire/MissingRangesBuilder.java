package dev.partyline.wire;

import java.util.Arrays;

/** Collects the ranges of a conversation that are missing, in order. */
final class MissingRangesBuilder {
  private static final long[] NO_BOUNDS = {};

  private long[] bounds = NO_BOUNDS;
  private int length;

  /** Adds a range after all others, or one that begins where the last ends. */
  void add(long offset, long endOffset) {
    if (offset == endOffset) {
      return;
    }
    if (length > 0 && bounds[length - 1] == offset) {
      bounds[length - 1] = endOffset;
      return;
    }
    if (length == bounds.length) {
      bounds = Arrays.copyOf(bounds, Math.max(2, length * 2));
    }
    bounds[length++] = offset;
    bounds[length++] = endOffset;
  }

  long heldBytes() {
    return (long) Long.BYTES * bounds.length;
  }

  MissingRanges build() {
    return length == 0 ? MissingRanges.NONE : new MissingRanges(Arrays.copyOf(bounds, length));
  }
}
