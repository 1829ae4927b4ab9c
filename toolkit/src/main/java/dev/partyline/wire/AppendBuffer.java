package dev.partyline.wire;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Bytes in memory that are only ever appended, so that a snapshot can share their blocks. */
final class AppendBuffer {
  private static final int BLOCK_BITS = 16;
  static final int BLOCK_BYTES = 1 << BLOCK_BITS;
  private static final int MIN_BLOCK_BYTES = 256;
  private static final byte[][] NO_BLOCKS = {};

  private byte[][] blocks = NO_BLOCKS;
  private int blockCount;
  private long size;

  long size() {
    return size;
  }

  /** Returns how much more memory it would take to append so many bytes. */
  long growthFor(long length) {
    long endOffset = size + length;
    long capacity = capacity();
    if (endOffset <= capacity) {
      return 0;
    }
    long roundedEnd = endOffset + BLOCK_BYTES - 1 & -BLOCK_BYTES;
    return (blockCount <= 1 && endOffset < BLOCK_BYTES ? firstBlockSize(endOffset) : roundedEnd)
        - capacity;
  }

  /** Returns how much memory its blocks take. */
  long capacity() {
    return blockCount == 0 ? 0 : (blockCount - 1L) * BLOCK_BYTES + blocks[blockCount - 1].length;
  }

  void append(ByteBuffer bytes, int position, int length) {
    long endOffset = size + length;
    for (int bufferIndex = position; size < endOffset; ) {
      byte[] block = blockFor(endOffset);
      int blockOffset = (int) (size & (BLOCK_BYTES - 1));
      int part = (int) Math.min(endOffset - size, block.length - blockOffset);
      bytes.get(bufferIndex, block, blockOffset, part);
      bufferIndex += part;
      size += part;
    }
  }

  /** The first block starts small, for ten thousand idle connections; the others are full size. */
  private byte[] blockFor(long endOffset) {
    int index = (int) (size >>> BLOCK_BITS);
    if (index == blockCount) {
      if (blockCount == blocks.length) {
        blocks = Arrays.copyOf(blocks, Math.max(1, blockCount * 2));
      }
      blocks[blockCount++] = new byte[index == 0 ? firstBlockSize(endOffset) : BLOCK_BYTES];
    } else if (index == 0 && blocks[0].length < Math.min(endOffset, BLOCK_BYTES)) {
      // A snapshot keeps reading the old block.
      blocks = blocks.clone();
      blocks[0] = Arrays.copyOf(blocks[0], firstBlockSize(endOffset));
    }
    return blocks[index];
  }

  private static int firstBlockSize(long endOffset) {
    return (int)
        Math.min(BLOCK_BYTES, Math.max(MIN_BLOCK_BYTES, Long.highestOneBit(endOffset * 2 - 1)));
  }

  byte[][] snapshot() {
    return blocks;
  }

  static void copy(byte[][] blocks, long offset, int length, byte[] target, int targetOffset) {
    int copiedBytes = 0;
    while (copiedBytes < length) {
      int blockOffset = (int) (offset + copiedBytes & (BLOCK_BYTES - 1));
      int part = Math.min(length - copiedBytes, BLOCK_BYTES - blockOffset);
      System.arraycopy(
          blocks[(int) ((offset + copiedBytes) >>> BLOCK_BITS)],
          blockOffset,
          target,
          targetOffset + copiedBytes,
          part);
      copiedBytes += part;
    }
  }
}
