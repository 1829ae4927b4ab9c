package dev.partyline.wire;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Bytes in memory, only ever appended, so that a snapshot shares them and remembers how far they
 * went when it was taken.
 */
final class AppendBuffer {
  private static final int BITS = 16;
  static final int BLOCK = 1 << BITS;
  private static final int SMALLEST = 256;
  private static final byte[][] NONE = {};

  private byte[][] blocks = NONE;
  private int used;
  private long size;

  long size() {
    return size;
  }

  /** How much more memory it would take to append so many bytes. */
  long wanted(long length) {
    long end = size + length;
    long capacity = used == 0 ? 0 : (used - 1L) * BLOCK + blocks[used - 1].length;
    if (end <= capacity) {
      return 0;
    }
    long whole = end + BLOCK - 1 & -BLOCK;
    return (used <= 1 && end < BLOCK ? first(end) : whole) - capacity;
  }

  void append(ByteBuffer bytes, int position, int length) {
    long end = size + length;
    for (int from = position; size < end; ) {
      byte[] block = blockFor(end);
      int at = (int) (size & (BLOCK - 1));
      int part = (int) Math.min(end - size, block.length - at);
      bytes.get(from, block, at, part);
      from += part;
      size += part;
    }
  }

  /** The first block starts small, for ten thousand idle connections; the others are whole. */
  private byte[] blockFor(long end) {
    int index = (int) (size >>> BITS);
    if (index == used) {
      if (used == blocks.length) {
        blocks = Arrays.copyOf(blocks, Math.max(1, used * 2));
      }
      blocks[used++] = new byte[index == 0 ? first(end) : BLOCK];
    } else if (index == 0 && blocks[0].length < Math.min(end, BLOCK)) {
      // A snapshot goes on reading the block that it has seen.
      blocks = blocks.clone();
      blocks[0] = Arrays.copyOf(blocks[0], first(end));
    }
    return blocks[index];
  }

  private static int first(long end) {
    return (int) Math.min(BLOCK, Math.max(SMALLEST, Long.highestOneBit(end * 2 - 1)));
  }

  byte[][] view() {
    return blocks;
  }

  static void copy(byte[][] blocks, long from, int length, byte[] target, int at) {
    int done = 0;
    while (done < length) {
      int offset = (int) (from + done & (BLOCK - 1));
      int part = Math.min(length - done, BLOCK - offset);
      System.arraycopy(blocks[(int) ((from + done) >>> BITS)], offset, target, at + done, part);
      done += part;
    }
  }
}
