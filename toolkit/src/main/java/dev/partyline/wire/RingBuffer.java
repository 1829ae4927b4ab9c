package dev.partyline.wire;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The last bytes of a tape, in blocks that are used again and again.
 *
 * <p>A block that a snapshot may read is never written over: another takes its place.
 */
final class RingBuffer {
  private static final int SMALLEST = 256;
  private static final int LARGEST = 1 << 16;

  private final long length;
  private final int block;
  private final int slots;
  private byte[][] blocks = {};
  private long[] held = {};
  private boolean shared;

  /** Where the tape ended at the last snapshot: all blocks that begin ahead of it were seen. */
  private long seen;

  RingBuffer(long length) {
    this.length = length;
    this.block =
        (int) Math.max(SMALLEST, Math.min(LARGEST, Long.highestOneBit(Math.max(1, length / 8))));
    this.slots = Math.toIntExact((length + block - 1) / block + 1);
  }

  /** Takes what of these bytes, which stand at a place of the tape, can still survive. */
  void append(long place, ByteBuffer bytes, int position, int count) {
    int skipped = (int) Math.max(0, count - length);
    int from = position + skipped;
    long at = place + skipped;
    for (long end = place + count; at < end; ) {
      byte[] to = blockOf(at / block);
      int offset = (int) (at % block);
      int part = (int) Math.min(end - at, block - offset);
      bytes.get(from, to, offset, part);
      from += part;
      at += part;
    }
  }

  private byte[] blockOf(long index) {
    if (blocks.length == 0) {
      blocks = new byte[slots][];
      held = new long[slots];
      Arrays.fill(held, -1);
    }
    int slot = (int) (index % slots);
    if (held[slot] != index) {
      if (held[slot] < 0 || held[slot] * block < seen) {
        blocks = shared ? blocks.clone() : blocks;
        shared = false;
        blocks[slot] = new byte[block];
      }
      held[slot] = index;
    }
    return blocks[slot];
  }

  View view(long size) {
    seen = size;
    shared = true;
    return new View(blocks, block);
  }

  /** The ring as it was at one moment. */
  record View(byte[][] blocks, int block) {
    void copy(long from, int length, byte[] target, int at) {
      int done = 0;
      while (done < length) {
        long place = from + done;
        int offset = (int) (place % block);
        int part = Math.min(length - done, block - offset);
        byte[] source = blocks[(int) (place / block % blocks.length)];
        System.arraycopy(source, offset, target, at + done, part);
        done += part;
      }
    }
  }
}
