package dev.partyline.wire;

/** Reads the ranges of what one side sent, kept and missing ones, from one offset to another. */
final class RangeCursor {
  private final ChunkCursor chunks;
  private final MissingRanges missingRanges;
  private final Side side;
  private final long limit;
  private long offset;
  private long endOffset;
  private long globalOffset;

  /** Where the current chunk ends in the bytes of the side. */
  private long chunkEndOffset;

  RangeCursor(ConversationSnapshot snapshot, Side side, long offset, long limit) {
    this.chunks = snapshot.chunks().cursorNear(side, offset);
    this.missingRanges = snapshot.missingRanges();
    this.side = side;
    this.limit = limit;
    this.endOffset = offset;
  }

  /** Goes to the next range; returns whether there is one. */
  boolean next() {
    offset = endOffset;
    if (offset >= limit || !findChunk()) {
      return false;
    }
    globalOffset = chunks.globalEndOffset() - (chunkEndOffset - offset);
    long globalLimit = globalOffset + Math.min(limit, chunkEndOffset) - offset;
    endOffset += missingRanges.endOffset(globalOffset, globalLimit) - globalOffset;
    return true;
  }

  private boolean findChunk() {
    while (chunkEndOffset <= offset) {
      if (!chunks.next()) {
        return false;
      }
      chunkEndOffset = chunks.side() == side ? chunks.sideEndOffset() : chunkEndOffset;
    }
    return true;
  }

  /** Returns where the range begins in the bytes of the side. */
  long offset() {
    return offset;
  }

  long endOffset() {
    return endOffset;
  }

  long size() {
    return endOffset - offset;
  }

  /** Returns where the range begins in the bytes of both sides. */
  long globalOffset() {
    return globalOffset;
  }

  boolean isMissing() {
    return missingRanges.contains(globalOffset);
  }
}
