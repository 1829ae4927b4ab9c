package dev.partyline.loopback;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/**
 * The memory through which the taps of a loop pass bytes on.
 *
 * <p>The buffer used last is used next, for it is still in the processor's cache. When many peers
 * are stuck at once there are no more large ones to be had, so that memory stays bounded.
 */
final class Buffers {
  /** With less, four connections at once make the loop the bottleneck (measured). */
  static final int LARGE = 1 << 20;

  private static final int SMALL = 1 << 14;
  private static final int MOST_LARGE = 32;

  private final ArrayDeque<ByteBuffer> spare = new ArrayDeque<>();
  private int made;

  /** Returns an empty buffer, which has to be given back. */
  ByteBuffer take() {
    ByteBuffer buffer = spare.poll();
    if (buffer != null) {
      return buffer.clear();
    }
    if (made == MOST_LARGE) {
      return ByteBuffer.allocate(SMALL);
    }
    made++;
    return ByteBuffer.allocateDirect(LARGE);
  }

  void give(ByteBuffer buffer) {
    if (buffer.capacity() == LARGE) {
      spare.push(buffer);
    }
  }

  /** Returns a buffer with what remains in this one, which is given back if that is little. */
  ByteBuffer keep(ByteBuffer buffer) {
    if (buffer.remaining() > SMALL || buffer.capacity() != LARGE) {
      return buffer;
    }
    ByteBuffer rest = ByteBuffer.allocate(buffer.remaining()).put(buffer).flip();
    give(buffer);
    return rest;
  }
}
