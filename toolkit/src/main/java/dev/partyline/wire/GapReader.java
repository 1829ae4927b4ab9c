package dev.partyline.wire;

import java.util.List;

/** Finds what of a side is missing; neighbours are one gap. */
record GapReader(Side side, List<Gap> gaps) implements RangeCursor.RangeVisitor {
  @Override
  public boolean onRange(long offset, long globalOffset, long length, boolean missing) {
    if (!missing) {
      return true;
    }
    int lastIndex = gaps.size() - 1;
    if (lastIndex >= 0
        && gaps.get(lastIndex).side() == side
        && gaps.get(lastIndex).endOffset() == offset) {
      gaps.set(
          lastIndex,
          new Gap(side, gaps.get(lastIndex).offset(), gaps.get(lastIndex).byteCount() + length));
    } else {
      gaps.add(new Gap(side, offset, length));
    }
    return true;
  }
}
