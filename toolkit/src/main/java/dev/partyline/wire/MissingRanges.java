package dev.partyline.wire;

import java.util.Arrays;

/**
 * The ranges of a conversation that were not kept.
 *
 * @param bounds where each begins and ends, in order; never changed
 */
record MissingRanges(long... bounds) {
  static final MissingRanges NONE = new MissingRanges();

  static MissingRanges of(long offset, long endOffset) {
    return offset < endOffset ? new MissingRanges(offset, endOffset) : NONE;
  }

  /** Returns these and one more, after all of them. */
  MissingRanges plus(long offset, long endOffset) {
    boolean extendsLast = !isEmpty() && bounds[bounds.length - 1] == offset;
    long[] result = Arrays.copyOf(bounds, extendsLast ? bounds.length : bounds.length + 2);
    if (!extendsLast) {
      result[bounds.length] = offset;
    }
    result[result.length - 1] = endOffset;
    return offset == endOffset ? this : new MissingRanges(result);
  }

  /** Returns these and one more, wherever it is. */
  MissingRanges union(long offset, long endOffset) {
    if (offset >= endOffset) {
      return this;
    }
    long start = offset;
    long end = endOffset;
    MissingRanges before = NONE;
    int index = 0;
    for (; index < bounds.length && bounds[index] <= endOffset; index += 2) {
      if (bounds[index + 1] < offset) {
        before = before.plus(bounds[index], bounds[index + 1]);
      } else {
        start = Math.min(start, bounds[index]);
        end = Math.max(end, bounds[index + 1]);
      }
    }
    MissingRanges result = before.plus(start, end);
    for (; index < bounds.length; index += 2) {
      result = result.plus(bounds[index], bounds[index + 1]);
    }
    return result;
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
