package dev.partyline.loopback;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The memory through which the taps of a loop pass bytes on.
 *
 * <p>The buffer used last is used next, for it is still in the processor's cache. When many peers
 * are stuck at once there are no more large ones to be had, so that memory stays bounded.
 */
final class BufferPool {
  /** Less is slower where little is kept, and more where all goes to a file (measured). */
  static final int LARGE = 1 << 19;

  private static final int SMALL = 1 << 14;
  private static final int MOST_LARGE = 32;

  private final ArrayDeque<ByteBuffer> spare = new ArrayDeque<>();
  private @Nullable ByteBuffer next;
  private int made;

  /** Returns an empty buffer for what is read now; it is the same again unless it was kept. */
  ByteBuffer next() {
    ByteBuffer ready = next;
    if (ready == null || ready.capacity() != LARGE && !spare.isEmpty()) {
      ready = another();
      next = ready;
    }
    return ready.clear();
  }

  private ByteBuffer another() {
    ByteBuffer buffer = spare.poll();
    if (buffer != null) {
      return buffer;
    }
    if (made == MOST_LARGE) {
      return ByteBuffer.allocate(SMALL);
    }
    made++;
    return ByteBuffer.allocateDirect(LARGE);
  }

  /** Returns a buffer with what remains in this one, which may be another if that is little. */
  ByteBuffer keep(ByteBuffer buffer) {
    if (buffer.capacity() == LARGE && buffer.remaining() <= SMALL) {
      ByteBuffer rest = ByteBuffer.allocate(buffer.remaining()).put(buffer).flip();
      give(buffer);
      return rest;
    }
    next = isNext(buffer) ? null : next;
    return buffer;
  }

  /** Takes back what was kept. */
  void give(ByteBuffer buffer) {
    if (buffer.capacity() == LARGE && !isNext(buffer)) {
      spare.push(buffer);
    }
  }

  /** Whether it is the very buffer, whatever stands in it. */
  @SuppressWarnings("ReferenceEquality")
  private boolean isNext(ByteBuffer buffer) {
    return buffer == next;
  }
}
