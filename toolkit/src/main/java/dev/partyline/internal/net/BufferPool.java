package dev.partyline.internal.net;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The memory through which the taps of a loop pass bytes on.
 *
 * <p>The buffer used last is used next, for it is still in the processor's cache. When many peers
 * are stuck at once there are no more large ones to be had, so that memory stays bounded.
 */
public final class BufferPool {
  /** Less is slower where little is kept, and more where all goes to a file (measured). */
  public static final int LARGE_BYTES = 1 << 19;

  private static final int SMALL_BYTES = 1 << 14;
  private static final int MAX_LARGE_BUFFERS = 32;

  private final ArrayDeque<ByteBuffer> freeBuffers = new ArrayDeque<>();
  private @Nullable ByteBuffer next;
  private int largeCount;

  /** Returns an empty buffer for what is read now; it is the same again unless it was kept. */
  public ByteBuffer next() {
    ByteBuffer buffer = next;
    if (buffer == null || buffer.capacity() != LARGE_BYTES && !freeBuffers.isEmpty()) {
      buffer = allocate();
      next = buffer;
    }
    return buffer.clear();
  }

  private ByteBuffer allocate() {
    ByteBuffer buffer = freeBuffers.poll();
    if (buffer != null) {
      return buffer;
    }
    if (largeCount == MAX_LARGE_BUFFERS) {
      return ByteBuffer.allocate(SMALL_BYTES);
    }
    largeCount++;
    return ByteBuffer.allocateDirect(LARGE_BYTES);
  }

  /** Returns a buffer with what remains in this one, which may be another if that is little. */
  public ByteBuffer retain(ByteBuffer buffer) {
    if (buffer.capacity() == LARGE_BYTES && buffer.remaining() <= SMALL_BYTES) {
      ByteBuffer rest = ByteBuffer.allocate(buffer.remaining()).put(buffer).flip();
      release(buffer);
      return rest;
    }
    next = isNext(buffer) ? null : next;
    return buffer;
  }

  /** Takes back what was kept. */
  public void release(ByteBuffer buffer) {
    if (buffer.capacity() == LARGE_BYTES && !isNext(buffer)) {
      freeBuffers.push(buffer);
    }
  }

  /** Whether it is the very buffer, whatever stands in it. */
  @SuppressWarnings("ReferenceEquality")
  private boolean isNext(ByteBuffer buffer) {
    return buffer == next;
  }
}
