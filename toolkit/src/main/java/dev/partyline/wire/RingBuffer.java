package dev.partyline.wire;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The last bytes of a conversation, in blocks that are reused.
 *
 * <p>A block that a snapshot may read is not overwritten but replaced.
 */
final class RingBuffer {
  private static final int MIN_BLOCK_BYTES = 256;
  private static final int MAX_BLOCK_BYTES = 1 << 16;

  private final long capacity;
  private final int blockBytes;
  private final int slotCount;
  private byte[][] blocks = {};
  private long[] blockIndexes = {};
  private boolean shared;
  private long heldBytes;

  /** Where the bytes ended at the last snapshot: it may read all blocks that begin before that. */
  private long snapshotEnd;

  RingBuffer(long capacity) {
    this.capacity = capacity;
    this.blockBytes =
        (int)
            Math.max(
                MIN_BLOCK_BYTES,
                Math.min(MAX_BLOCK_BYTES, Long.highestOneBit(Math.max(1, capacity / 8))));
    this.slotCount = Math.toIntExact((capacity + blockBytes - 1) / blockBytes + 1);
  }

  /** Appends the bytes at an offset, except those that would be overwritten by the rest. */
  void append(long globalOffset, ByteBuffer bytes, int position, int length) {
    int skippedBytes = (int) Math.max(0, length - capacity);
    int bufferIndex = position + skippedBytes;
    long offset = globalOffset + skippedBytes;
    for (long endOffset = globalOffset + length; offset < endOffset; ) {
      byte[] block = blockOf(offset / blockBytes);
      int blockOffset = (int) (offset % blockBytes);
      int part = (int) Math.min(endOffset - offset, blockBytes - blockOffset);
      bytes.get(bufferIndex, block, blockOffset, part);
      bufferIndex += part;
      offset += part;
    }
  }

  private byte[] blockOf(long index) {
    if (blocks.length == 0) {
      blocks = new byte[slotCount][];
      blockIndexes = new long[slotCount];
      heldBytes = 2L * Long.BYTES * slotCount;
      Arrays.fill(blockIndexes, -1);
    }
    int slot = (int) (index % slotCount);
    if (blockIndexes[slot] != index) {
      if (blockIndexes[slot] < 0 || blockIndexes[slot] * blockBytes < snapshotEnd) {
        blocks = shared ? blocks.clone() : blocks;
        shared = false;
        heldBytes += blockIndexes[slot] < 0 ? blockBytes : 0;
        blocks[slot] = new byte[blockBytes];
      }
      blockIndexes[slot] = index;
    }
    return blocks[slot];
  }

  /** Returns how much memory it takes itself; snapshots may have older blocks. */
  long heldBytes() {
    return heldBytes;
  }

  Snapshot snapshot(long endOffset) {
    snapshotEnd = endOffset;
    shared = true;
    return new Snapshot(blocks, blockBytes);
  }

  /** The ring at one moment. */
  record Snapshot(byte[][] blocks, int blockBytes) {
    void copy(long globalOffset, int length, byte[] target, int targetOffset) {
      int copiedBytes = 0;
      while (copiedBytes < length) {
        long offset = globalOffset + copiedBytes;
        int blockOffset = (int) (offset % blockBytes);
        int part = Math.min(length - copiedBytes, blockBytes - blockOffset);
        byte[] source = blocks[(int) (offset / blockBytes % blocks.length)];
        System.arraycopy(source, blockOffset, target, targetOffset + copiedBytes, part);
        copiedBytes += part;
      }
    }
  }
}
