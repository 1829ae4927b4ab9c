package dev.partyline.wire;

import org.jspecify.annotations.Nullable;

/** The chunks of a tape: one log of all, or one of the beginning and one of the end. */
final class ChunkLog {
  /** Room for the chunks that hold no byte, beside as many as there can be with one. */
  private static final int MAX_EMPTY_CHUNKS = 64;

  private final ChunkIndex head = new ChunkIndex();
  private final @Nullable HeadTailStore headTailStore;
  private @Nullable ChunkIndex tail;

  /** Makes the chunks of a tape of which only the ends are kept, or all. */
  ChunkLog(@Nullable HeadTailStore headTailStore) {
    this.headTailStore = headTailStore;
  }

  void add(Side side, long nanos, long length) {
    if (tail == null && (headTailStore == null || isInHead(headTailStore))) {
      head.add(side, nanos, length);
      return;
    }
    ChunkIndex tailIndex = tail == null ? new ChunkIndex(head) : tail;
    tail = tailIndex;
    boolean startedBlock = tailIndex.add(side, nanos, length);
    if (headTailStore != null && startedBlock) {
      tailIndex.dropBefore(
          headTailStore.isTruncated() ? headTailStore.tailOffset() : 0,
          headTailStore.tailBytes() + MAX_EMPTY_CHUNKS);
    }
  }

  private boolean isInHead(HeadTailStore limits) {
    return head.byteCount() < limits.headBytes()
        && head.chunkCount() < limits.headBytes() + MAX_EMPTY_CHUNKS;
  }

  private ChunkIndex currentIndex() {
    return tail == null ? head : tail;
  }

  long chunkCount() {
    return currentIndex().chunkCount();
  }

  long byteCount(Side side) {
    return currentIndex().byteCount(side);
  }

  Snapshot snapshot() {
    ChunkIndex.Snapshot headSnapshot = head.snapshot();
    return new Snapshot(headSnapshot, tail == null ? null : tail.snapshot());
  }

  /** The chunks as they were at one moment. */
  record Snapshot(ChunkIndex.Snapshot head, ChunkIndex.@Nullable Snapshot tail) {
    private ChunkIndex.Snapshot currentIndex() {
      return tail == null ? head : tail;
    }

    long byteCount(Side side) {
      return currentIndex().bytesBefore(currentIndex().blockCount(), side);
    }

    /** Returns what is missing, that of chunks included of which nothing is known any more. */
    MissingRanges missingRanges(MissingRanges storeRanges) {
      if (tail == null || tail.bytesBefore(0) == head.byteCount()) {
        return storeRanges;
      }
      long globalOffset =
          storeRanges.isEmpty()
              ? head.byteCount()
              : Math.min(storeRanges.bounds()[0], head.byteCount());
      long globalEndOffset =
          Math.max(storeRanges.isEmpty() ? 0 : storeRanges.bounds()[1], tail.bytesBefore(0));
      return MissingRanges.of(globalOffset, globalEndOffset);
    }

    /** Returns the block in which a side has sent so many bytes, or the last one if it has not. */
    Start startAt(Side side, long offset) {
      if (tail != null && tail.bytesBefore(0, side) <= offset) {
        int block = tail.blockAt(side, offset);
        return new Start(true, block, tail.bytesBefore(block, side));
      }
      int block = head.blockAt(side, offset);
      return new Start(false, block, head.bytesBefore(block, side));
    }

    /** Hands the chunks to a reader in their order, until it has enough. */
    void visit(Start start, ChunkVisitor visitor) {
      if (!start.inTail() && !visit(head, start.block(), visitor)) {
        return;
      }
      if (tail != null && (start.inTail() || visitDropped(head, tail, visitor))) {
        visit(tail, start.inTail() ? start.block() : 0, visitor);
      }
    }

    private static boolean visitDropped(
        ChunkIndex.Snapshot head, ChunkIndex.Snapshot tail, ChunkVisitor visitor) {
      long number = head.chunkCount();
      for (Side side : Side.values()) {
        long byteCount = tail.bytesBefore(0, side) - head.bytesBefore(head.blockCount(), side);
        if (byteCount > 0 && !visitor.onDropped(number, side, byteCount)) {
          return false;
        }
      }
      return true;
    }

    private static boolean visit(ChunkIndex.Snapshot index, int firstBlock, ChunkVisitor visitor) {
      for (int block = firstBlock; block < index.blockCount(); block++) {
        long globalOffset = index.bytesBefore(block);
        long number = index.chunksBefore(block);
        for (int i = 0; i < index.chunkCount(block); i++) {
          long globalEndOffset = index.endOffset(block, i);
          if (!visitor.onChunk(
              number + i,
              index.side(block, i),
              index.nanos(block, i),
              globalOffset,
              globalEndOffset)) {
            return false;
          }
          globalOffset = globalEndOffset;
        }
      }
      return true;
    }
  }

  /**
   * Where to begin to read.
   *
   * @param inTail whether that is in the log of the end
   * @param block the number of the block there
   * @param sideOffset how many bytes of the side in question are ahead of it
   */
  record Start(boolean inTail, int block, long sideOffset) {
    static final Start BEGINNING = new Start(false, 0, 0);
  }

  /** Somebody who reads the chunks of a tape; false is enough. */
  interface ChunkVisitor {
    /** Takes a chunk with its number and where on the tape it begins and ends. */
    boolean onChunk(long number, Side side, long nanos, long globalOffset, long globalEndOffset);

    /** Takes that chunks of a side were dropped, the first of all with this number. */
    boolean onDropped(long number, Side side, long byteCount);
  }
}
