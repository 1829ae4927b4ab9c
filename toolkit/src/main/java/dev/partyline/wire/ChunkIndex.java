package dev.partyline.wire;

import java.util.Arrays;

/**
 * Which side sent how much when: two numbers a chunk, because a recording of a million small
 * messages must not cost a million objects.
 *
 * <p>Chunks are added at the end, and dropped at the beginning in whole blocks. A snapshot shares
 * the blocks: what they held when it was taken is never overwritten.
 */
final class ChunkIndex {
  private static final int HEADER_LENGTH = 3;
  private static final int MAX_BLOCK_LENGTH = HEADER_LENGTH + 2 * 128;
  private static final int MIN_BLOCK_LENGTH = HEADER_LENGTH + 2 * 4;
  private static final long[] DROPPED_BLOCK = {};

  /** Each begins with how many chunks, bytes and bytes of the client precede it. */
  private long[][] blocks = {};

  private int firstBlock;
  private int endBlock;
  private int lastBlockLength;
  private boolean shared;

  /** How many numbers its blocks have room for. */
  private long capacity;

  private long chunkCount;
  private long byteCount;
  private long clientByteCount;

  ChunkIndex() {}

  /** Makes one that starts where another ends. */
  ChunkIndex(ChunkIndex previous) {
    chunkCount = previous.chunkCount;
    byteCount = previous.byteCount;
    clientByteCount = previous.clientByteCount;
  }

  /** Returns how much memory it takes itself; snapshots may have older blocks. */
  long heldBytes() {
    return Long.BYTES * (capacity + blocks.length);
  }

  long chunkCount() {
    return chunkCount;
  }

  long byteCount() {
    return byteCount;
  }

  long byteCount(Side side) {
    return side == Side.CLIENT ? clientByteCount : byteCount - clientByteCount;
  }

  /** Adds a chunk; returns whether it is the first of a block. */
  boolean add(Side side, long nanos, long length) {
    long[] block = blockForOneMore();
    boolean startedBlock = lastBlockLength == HEADER_LENGTH;
    chunkCount++;
    byteCount += length;
    clientByteCount += side == Side.CLIENT ? length : 0;
    block[lastBlockLength++] = nanos;
    block[lastBlockLength++] = byteCount << 1 | side.ordinal();
    return startedBlock;
  }

  private long[] blockForOneMore() {
    if (firstBlock == endBlock || lastBlockLength == MAX_BLOCK_LENGTH) {
      if (endBlock == blocks.length) {
        blocks =
            Arrays.copyOf(
                Arrays.copyOfRange(blocks, firstBlock, endBlock),
                Math.max(1, 2 * (endBlock - firstBlock)));
        shared = false;
        endBlock -= firstBlock;
        firstBlock = 0;
      }
      long[] block = new long[endBlock == 0 ? MIN_BLOCK_LENGTH : MAX_BLOCK_LENGTH];
      capacity += block.length;
      block[0] = chunkCount;
      block[1] = byteCount;
      block[2] = clientByteCount;
      blocks[endBlock++] = block;
      lastBlockLength = HEADER_LENGTH;
    } else if (lastBlockLength == blocks[endBlock - 1].length) {
      set(endBlock - 1, Arrays.copyOf(blocks[endBlock - 1], 2 * lastBlockLength - HEADER_LENGTH));
    }
    return blocks[endBlock - 1];
  }

  /** Drops blocks whose bytes are all before an offset, and the oldest beyond a count of chunks. */
  void dropBefore(long globalOffset, long maxChunks) {
    while (endBlock - firstBlock > 1
        && (blocks[firstBlock + 1][1] <= globalOffset
            || chunkCount - blocks[firstBlock + 1][0] > maxChunks)) {
      set(firstBlock++, DROPPED_BLOCK);
    }
  }

  /** Drops the older half of the chunks, in whole blocks. */
  void dropOlderHalf() {
    dropBefore(0, (chunkCount - blocks[firstBlock][0]) / 2);
  }

  private void set(int index, long[] block) {
    capacity += block.length - blocks[index].length;
    blocks = shared ? blocks.clone() : blocks;
    shared = false;
    blocks[index] = block;
  }

  Snapshot snapshot() {
    shared = true;
    return new Snapshot(
        blocks, firstBlock, endBlock, lastBlockLength, chunkCount, byteCount, clientByteCount);
  }

  /** The index at one moment; blocks are numbered from 0. */
  record Snapshot(
      long[][] blocks,
      int firstBlock,
      int endBlock,
      int lastBlockLength,
      long chunkCount,
      long byteCount,
      long clientByteCount) {
    int blockCount() {
      return endBlock - firstBlock;
    }

    /** Returns how many numbers of a block are in use. */
    private int blockLength(int block) {
      return block == blockCount() - 1 ? lastBlockLength : MAX_BLOCK_LENGTH;
    }

    /** Returns how many chunks precede a block. */
    long chunksBefore(int block) {
      return blocks[firstBlock + block][0];
    }

    /** Returns how many bytes precede a block. */
    long bytesBefore(int block) {
      return block == blockCount() ? byteCount : blocks[firstBlock + block][1];
    }

    /** Returns how many bytes of a side precede a block. */
    long bytesBefore(int block, Side side) {
      long clientBytes = block == blockCount() ? clientByteCount : blocks[firstBlock + block][2];
      return side == Side.CLIENT ? clientBytes : bytesBefore(block) - clientBytes;
    }

    int chunkCount(int block) {
      return (blockLength(block) - HEADER_LENGTH) / 2;
    }

    long nanos(int block, int chunk) {
      return blocks[firstBlock + block][HEADER_LENGTH + 2 * chunk];
    }

    /** Returns where a chunk ends in the bytes of both sides. */
    long endOffset(int block, int chunk) {
      return blocks[firstBlock + block][HEADER_LENGTH + 2 * chunk + 1] >>> 1;
    }

    Side side(int block, int chunk) {
      return (blocks[firstBlock + block][HEADER_LENGTH + 2 * chunk + 1] & 1) == 0
          ? Side.CLIENT
          : Side.SERVER;
    }

    /** Returns the last block before which a side had sent at most so many bytes. */
    int blockAt(Side side, long offset) {
      int low = 0;
      int high = blockCount();
      while (low + 1 < high) {
        int middle = (low + high) >>> 1;
        if (bytesBefore(middle, side) <= offset) {
          low = middle;
        } else {
          high = middle;
        }
      }
      return low;
    }
  }
}
