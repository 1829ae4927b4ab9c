package dev.partyline.wire;

import java.util.Arrays;

/**
 * The parts of a tape that were not kept.
 *
 * @param bounds where each begins and ends, in their order; never written over
 */
record MissingRanges(long... bounds) {
  static final MissingRanges NONE = new MissingRanges();

  static MissingRanges one(long from, long to) {
    return from < to ? new MissingRanges(from, to) : NONE;
  }

  /** Returns these and one more, behind all of them. */
  MissingRanges plus(long from, long to) {
    boolean goesOn = !isEmpty() && bounds[bounds.length - 1] == from;
    long[] more = Arrays.copyOf(bounds, goesOn ? bounds.length : bounds.length + 2);
    if (!goesOn) {
      more[bounds.length] = from;
    }
    more[more.length - 1] = to;
    return from == to ? this : new MissingRanges(more);
  }

  boolean isEmpty() {
    return bounds.length == 0;
  }

  /** Returns how many bytes are missing in all. */
  long size() {
    long size = 0;
    for (int i = 0; i < bounds.length; i += 2) {
      size += bounds[i + 1] - bounds[i];
    }
    return size;
  }

  /** Returns whether the byte at a place is missing. */
  boolean at(long place) {
    return (after(place) & 1) == 1;
  }

  /** Returns where what is at a place ends, missing or not, or the limit if that comes first. */
  long end(long place, long limit) {
    int next = after(place);
    return next == bounds.length ? limit : Math.min(limit, bounds[next]);
  }

  /** The number of the first bound behind a place, which is odd inside a hole. */
  private int after(long place) {
    int from = 0;
    int to = bounds.length;
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (bounds[middle] <= place) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from;
  }
}
