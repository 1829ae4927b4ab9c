package dev.partyline.wire;

import java.util.Arrays;

/**
 * Which side said how much when: two numbers a chunk, for a recording of a million small messages
 * must not cost a million objects.
 *
 * <p>Chunks are added behind, and whole blocks of them dropped in front. A snapshot shares the
 * blocks: what it has seen of them is never written over.
 */
final class ChunkIndex {
  private static final int HEADER = 3;
  private static final int FULL = HEADER + 2 * 256;
  private static final int SMALLEST = HEADER + 2 * 4;
  private static final long[] DROPPED = {};

  /** Each begins with how many chunks, bytes and bytes of the client were ahead of it. */
  private long[][] blocks = {};

  private int from;
  private int to;
  private int used;
  private boolean shared;
  private long chunks;
  private long bytes;
  private long client;

  /** Returns the empty log of a tape. */
  ChunkIndex() {}

  /** Returns the log that goes on where another ends. */
  ChunkIndex(ChunkIndex ahead) {
    chunks = ahead.chunks;
    bytes = ahead.bytes;
    client = ahead.client;
  }

  long chunks() {
    return chunks;
  }

  long bytes() {
    return bytes;
  }

  long count(Side side) {
    return side == Side.CLIENT ? client : bytes - client;
  }

  /** Adds a chunk; returns whether a block was begun for it. */
  boolean add(Side side, long nanos, long length) {
    long[] block = blockForOneMore();
    boolean begun = used == HEADER;
    chunks++;
    bytes += length;
    client += side == Side.CLIENT ? length : 0;
    block[used++] = nanos;
    block[used++] = bytes << 1 | side.ordinal();
    return begun;
  }

  private long[] blockForOneMore() {
    if (from == to || used == FULL) {
      if (to == blocks.length) {
        blocks = Arrays.copyOf(Arrays.copyOfRange(blocks, from, to), Math.max(1, 2 * (to - from)));
        shared = false;
        to -= from;
        from = 0;
      }
      long[] block = new long[to == 0 ? SMALLEST : FULL];
      block[0] = chunks;
      block[1] = bytes;
      block[2] = client;
      blocks[to++] = block;
      used = HEADER;
    } else if (used == blocks[to - 1].length) {
      set(to - 1, Arrays.copyOf(blocks[to - 1], 2 * used - HEADER));
    }
    return blocks[to - 1];
  }

  /** Drops blocks whose bytes all stand ahead of a place, and those beyond a count of chunks. */
  void drop(long place, long most) {
    while (to - from > 1 && (blocks[from + 1][1] <= place || chunks - blocks[from + 1][0] > most)) {
      set(from++, DROPPED);
    }
  }

  private void set(int index, long[] block) {
    blocks = shared ? blocks.clone() : blocks;
    shared = false;
    blocks[index] = block;
  }

  View view() {
    shared = true;
    return new View(blocks, from, to, used, chunks, bytes, client);
  }

  /** The log as it was at one moment; blocks are numbered from 0. */
  record View(long[][] blocks, int from, int to, int used, long chunks, long bytes, long client) {
    int size() {
      return to - from;
    }

    /** Returns how many numbers of a block count. */
    private int used(int block) {
      return block == size() - 1 ? used : FULL;
    }

    /** Returns how many chunks were ahead of a block. */
    long chunksAhead(int block) {
      return blocks[from + block][0];
    }

    /** Returns how many bytes were ahead of a block. */
    long bytesAhead(int block) {
      return block == size() ? bytes : blocks[from + block][1];
    }

    /** Returns how many bytes of a side were ahead of a block. */
    long bytesAhead(int block, Side side) {
      long ahead = block == size() ? client : blocks[from + block][2];
      return side == Side.CLIENT ? ahead : bytesAhead(block) - ahead;
    }

    int chunks(int block) {
      return (used(block) - HEADER) / 2;
    }

    long nanos(int block, int chunk) {
      return blocks[from + block][HEADER + 2 * chunk];
    }

    /** Returns where on the tape a chunk ends. */
    long end(int block, int chunk) {
      return blocks[from + block][HEADER + 2 * chunk + 1] >>> 1;
    }

    Side side(int block, int chunk) {
      return (blocks[from + block][HEADER + 2 * chunk + 1] & 1) == 0 ? Side.CLIENT : Side.SERVER;
    }

    /** Returns the last block ahead of which a side had sent no more than so many bytes. */
    int blockAt(Side side, long offset) {
      int low = 0;
      int high = size();
      while (low + 1 < high) {
        int middle = (low + high) >>> 1;
        if (bytesAhead(middle, side) <= offset) {
          low = middle;
        } else {
          high = middle;
        }
      }
      return low;
    }
  }
}
