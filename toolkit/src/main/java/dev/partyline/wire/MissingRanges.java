package dev.partyline.wire;

/**
 * The ranges of a conversation that were not kept.
 *
 * @param bounds where each begins and ends, in order; never changed
 */
record MissingRanges(long... bounds) {
  static final MissingRanges NONE = new MissingRanges();

  /** Returns these and one more, wherever it is. */
  MissingRanges union(long offset, long endOffset) {
    if (offset >= endOffset) {
      return this;
    }
    long start = offset;
    long end = endOffset;
    MissingRangesBuilder result = new MissingRangesBuilder();
    int index = 0;
    for (; index < bounds.length && bounds[index] <= endOffset; index += 2) {
      if (bounds[index + 1] < offset) {
        result.add(bounds[index], bounds[index + 1]);
      } else {
        start = Math.min(start, bounds[index]);
        end = Math.max(end, bounds[index + 1]);
      }
    }
    result.add(start, end);
    for (; index < bounds.length; index += 2) {
      result.add(bounds[index], bounds[index + 1]);
    }
    return result.build();
  }

  boolean isEmpty() {
    return bounds.length == 0;
  }

  /** Returns how many bytes are missing in all. */
  long byteCount() {
    long byteCount = 0;
    for (int i = 0; i < bounds.length; i += 2) {
      byteCount += bounds[i + 1] - bounds[i];
    }
    return byteCount;
  }

  /** Returns whether the byte at an offset is missing. */
  boolean contains(long offset) {
    return (boundAfter(offset) & 1) == 1;
  }

  /** Returns where the range at an offset ends, missing or kept, or the limit if that is first. */
  long endOffset(long offset, long limit) {
    int index = boundAfter(offset);
    return index == bounds.length ? limit : Math.min(limit, bounds[index]);
  }

  /** Returns the index of the first bound after an offset, which is odd in a missing range. */
  private int boundAfter(long offset) {
    int low = 0;
    int high = bounds.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (bounds[middle] <= offset) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
