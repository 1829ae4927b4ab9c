package dev.partyline.wire;

/** The pieces of what one side sent, from one of its offsets to another. */
final class RangeCursor implements ChunkLog.ChunkVisitor {
  private final ConversationSnapshot snapshot;
  private final MissingRanges missingRanges;
  private final Side side;
  private final long startOffset;
  private final long endOffset;
  private final ChunkLog.Start start;
  private long currentOffset;
  private RangeVisitor visitor = (offset, globalOffset, length, missing) -> false;

  /** Somebody who reads the pieces; false is enough. */
  @FunctionalInterface
  interface RangeVisitor {
    /** Takes a piece with its offset in what the side sent and, if not missing, on the tape. */
    boolean onRange(long offset, long globalOffset, long length, boolean missing);
  }

  RangeCursor(ConversationSnapshot snapshot, Side side, long globalOffset, long globalEndOffset) {
    this.snapshot = snapshot;
    this.missingRanges = snapshot.missingRanges();
    this.side = side;
    this.startOffset = globalOffset;
    this.endOffset = globalEndOffset;
    this.start = snapshot.chunks().startAt(side, globalOffset);
    this.currentOffset = start.sideOffset();
  }

  void visit(RangeVisitor rangeVisitor) {
    visitor = rangeVisitor;
    snapshot.chunks().visit(start, this);
  }

  @Override
  public boolean onChunk(
      long number, Side sender, long nanos, long globalOffset, long globalEndOffset) {
    if (sender != side) {
      return true;
    }
    long rangeOffset = globalOffset + Math.max(0, startOffset - currentOffset);
    long limit = Math.min(globalEndOffset, globalOffset + (endOffset - currentOffset));
    while (rangeOffset < limit) {
      long rangeEndOffset = missingRanges.endOffset(rangeOffset, limit);
      if (!visitor.onRange(
          currentOffset + rangeOffset - globalOffset,
          rangeOffset,
          rangeEndOffset - rangeOffset,
          missingRanges.contains(rangeOffset))) {
        return false;
      }
      rangeOffset = rangeEndOffset;
    }
    currentOffset += globalEndOffset - globalOffset;
    return currentOffset < endOffset;
  }

  @Override
  public boolean onDropped(long number, Side sender, long byteCount) {
    if (sender != side) {
      return true;
    }
    long rangeOffset = Math.max(startOffset, currentOffset);
    long rangeEndOffset = Math.min(endOffset, currentOffset + byteCount);
    currentOffset += byteCount;
    return (rangeOffset >= rangeEndOffset
            || visitor.onRange(rangeOffset, -1, rangeEndOffset - rangeOffset, true))
        && currentOffset < endOffset;
  }
}
