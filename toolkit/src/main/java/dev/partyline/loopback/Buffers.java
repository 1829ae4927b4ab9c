package dev.partyline.loopback;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/**
 * The memory through which the taps of a loop pass bytes on.
 *
 * <p>The buffer used last is used next, for it is still in the processor's cache.
 */
final class Buffers {
  /** Less makes many calls of the system, more does not stay in the cache. */
  static final int SIZE = 1 << 18;

  private static final int MOST_SPARE = 16;

  private final ArrayDeque<ByteBuffer> spare = new ArrayDeque<>();

  /** Returns an empty buffer, which has to be given back. */
  ByteBuffer take() {
    ByteBuffer buffer = spare.poll();
    return buffer == null ? ByteBuffer.allocateDirect(SIZE) : buffer.clear();
  }

  void give(ByteBuffer buffer) {
    if (spare.size() < MOST_SPARE) {
      spare.push(buffer);
    }
  }
}
