package dev.partyline.wire;

import org.jspecify.annotations.Nullable;

/**
 * The chunks of a conversation: one index of all, or one of the head and one of the tail, in which
 * the oldest are dropped when their bytes are, or when there is no memory for more.
 */
final class ChunkLog {
  /** How many empty chunks are kept, beside as many others as there are bytes. */
  private static final int MAX_EMPTY_CHUNKS = 64;

  private final StorageBudget budget;
  private final ChunkIndex head = new ChunkIndex();
  private final @Nullable HeadTailStore headTailStore;
  private @Nullable ChunkIndex tail;

  /** Makes the log for a store that keeps head and tail, or for one that keeps everything. */
  ChunkLog(StorageBudget budget, @Nullable HeadTailStore headTailStore) {
    this.budget = budget;
    this.headTailStore = headTailStore;
  }

  void add(Side side, long nanos, long length) {
    if (tail == null && isInHead()) {
      head.add(side, nanos, length);
      return;
    }
    ChunkIndex tailIndex = tail == null ? new ChunkIndex(head) : tail;
    tail = tailIndex;
    if (!tailIndex.add(side, nanos, length)) {
      return;
    }
    if (budget.isOverfull()) {
      tailIndex.dropOlderHalf();
    }
    if (headTailStore != null) {
      tailIndex.dropBefore(
          headTailStore.isTruncated() ? headTailStore.tailOffset() : 0,
          headTailStore.tailBytes() + MAX_EMPTY_CHUNKS);
    }
  }

  private boolean isInHead() {
    return headTailStore == null
        ? !budget.isHalfFull()
        : head.byteCount() < headTailStore.headBytes()
            && head.chunkCount() < headTailStore.headBytes() + MAX_EMPTY_CHUNKS;
  }

  long heldBytes() {
    return head.heldBytes() + (tail == null ? 0 : tail.heldBytes());
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

  /** The chunks at one moment. */
  record Snapshot(ChunkIndex.Snapshot head, ChunkIndex.@Nullable Snapshot tail) {
    private ChunkIndex.Snapshot currentIndex() {
      return tail == null ? head : tail;
    }

    long byteCount(Side side) {
      return currentIndex().bytesBefore(currentIndex().blockCount(), side);
    }

    /** Returns what is missing, including the bytes of chunks that were dropped. */
    MissingRanges missingRanges(MissingRanges storeRanges) {
      return tail == null ? storeRanges : storeRanges.union(head.byteCount(), tail.bytesBefore(0));
    }

    ChunkCursor cursor() {
      return ChunkCursor.of(head, tail);
    }

    ChunkCursor cursorNear(Side side, long offset) {
      return ChunkCursor.near(side, offset, head, tail);
    }
  }
}
