package dev.partyline.wire;

import java.util.List;

/** Finds what of a side is missing; neighbours are one gap. */
record GapReader(Side side, List<Gap> gaps) implements SideRanges.Reader {
  @Override
  public boolean piece(long offset, long place, long length, boolean missing) {
    if (!missing) {
      return true;
    }
    int last = gaps.size() - 1;
    if (last >= 0 && gaps.get(last).side() == side && gaps.get(last).end() == offset) {
      gaps.set(last, new Gap(side, gaps.get(last).offset(), gaps.get(last).bytes() + length));
    } else {
      gaps.add(new Gap(side, offset, length));
    }
    return true;
  }
}
