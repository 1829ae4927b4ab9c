package dev.partyline.wire;

import org.jspecify.annotations.Nullable;

/** The chunks of a conversation: one index of all, or one of the head and one of the tail. */
final class ChunkLog {
  /** How many empty chunks are kept, beside as many others as there are bytes. */
  private static final int MAX_EMPTY_CHUNKS = 64;

  private final ChunkIndex head = new ChunkIndex();
  private final @Nullable HeadTailStore headTailStore;
  private @Nullable ChunkIndex tail;

  /** Makes the log for a store that keeps head and tail, or for one that keeps everything. */
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

    ChunkCursor cursor() {
      return ChunkCursor.of(head, tail);
    }

    ChunkCursor cursorNear(Side side, long offset) {
      return ChunkCursor.near(side, offset, head, tail);
    }
  }
}
