package dev.partyline.hunt;

import java.util.ArrayList;
import java.util.List;

/** Offsets in words: {@code byte 3}, or {@code any of the bytes 1 to 5, 9}. */
final class OffsetRanges {
  private static final int MAX_RANGES = 8;

  private OffsetRanges() {}

  /** Returns the words for offsets in ascending order, of which there is at least one. */
  static String of(List<Long> offsets) {
    List<String> ranges = new ArrayList<>();
    long left = 0;
    for (int i = 0; i < offsets.size(); ) {
      int end = i + 1;
      while (end < offsets.size() && offsets.get(end) == offsets.get(i) + end - i) {
        end++;
      }
      if (ranges.size() < MAX_RANGES) {
        long first = offsets.get(i);
        long last = offsets.get(end - 1);
        ranges.add(first == last ? "" + first : first + " to " + last);
      } else {
        left += end - i;
      }
      i = end;
    }
    return (offsets.size() == 1 ? "byte " : "any of the bytes ")
        + String.join(", ", ranges)
        + (left == 0 ? "" : " and " + left + " more");
  }
}
