package dev.partyline.wire;

import org.jspecify.annotations.Nullable;

/**
 * Reads which side sent how much when, chunk by chunk.
 *
 * <p>Of chunks that were dropped between the head and the tail only the sum is known: one chunk of
 * each side stands for them.
 */
final class ChunkCursor {
  private final ChunkIndex.Snapshot head;

  /** The tail as long as it is still to come. */
  private ChunkIndex.@Nullable Snapshot tail;

  private ChunkIndex.Snapshot index;
  private int block;
  private int chunk = -1;
  private int droppedSides;

  private Side side = Side.CLIENT;
  private boolean dropped;
  private long globalOffset;
  private long globalEndOffset;

  /** How many of the bytes up to the end of the current chunk are the client's. */
  private long clientBytes;

  private ChunkCursor(
      ChunkIndex.Snapshot head,
      ChunkIndex.@Nullable Snapshot tail,
      ChunkIndex.Snapshot index,
      int block) {
    this.head = head;
    this.tail = tail;
    this.index = index;
    this.block = block;
    globalEndOffset = index.bytesBefore(block);
    clientBytes = index.bytesBefore(block, Side.CLIENT);
  }

  /** Returns one before the first chunk. */
  static ChunkCursor of(ChunkIndex.Snapshot head, ChunkIndex.@Nullable Snapshot tail) {
    return new ChunkCursor(head, tail, head, 0);
  }

  /** Returns one a little before the chunk that has this byte of a side, if there is one. */
  static ChunkCursor near(
      Side side, long offset, ChunkIndex.Snapshot head, ChunkIndex.@Nullable Snapshot tail) {
    return tail != null && tail.bytesBefore(0, side) <= offset
        ? new ChunkCursor(head, null, tail, tail.blockAt(side, offset))
        : new ChunkCursor(head, tail, head, head.blockAt(side, offset));
  }

  /** Goes to the next chunk; returns whether there is one. */
  boolean next() {
    return nextInIndex() || tail != null && nextAfterHead(tail);
  }

  private boolean nextInIndex() {
    if (block < index.blockCount() && ++chunk == index.chunkCount(block)) {
      block++;
      chunk = 0;
    }
    if (block == index.blockCount()) {
      return false;
    }
    moveTo(index.side(block, chunk), index.endOffset(block, chunk));
    return true;
  }

  private boolean nextAfterHead(ChunkIndex.Snapshot tail) {
    while (droppedSides < 2) {
      Side sender = droppedSides++ == 0 ? Side.CLIENT : Side.SERVER;
      long size = tail.bytesBefore(0, sender) - head.bytesBefore(head.blockCount(), sender);
      if (size > 0) {
        dropped = true;
        moveTo(sender, globalEndOffset + size);
        return true;
      }
    }
    dropped = false;
    index = tail;
    this.tail = null;
    block = 0;
    chunk = -1;
    return nextInIndex();
  }

  private void moveTo(Side sender, long endOffset) {
    side = sender;
    globalOffset = globalEndOffset;
    globalEndOffset = endOffset;
    clientBytes += side == Side.CLIENT ? endOffset - globalOffset : 0;
  }

  /** Returns how many chunks precede the current one. */
  long number() {
    return dropped ? head.chunkCount() : index.chunksBefore(block) + chunk;
  }

  Side side() {
    return side;
  }

  boolean isDropped() {
    return dropped;
  }

  /** Returns when the chunk was sent, if it was not dropped. */
  long nanos() {
    return index.nanos(block, chunk);
  }

  /** Returns where the chunk begins in the bytes of both sides. */
  long globalOffset() {
    return globalOffset;
  }

  long globalEndOffset() {
    return globalEndOffset;
  }

  /** Returns where the chunk ends in the bytes of its side. */
  long sideEndOffset() {
    return side == Side.CLIENT ? clientBytes : globalEndOffset - clientBytes;
  }
}
