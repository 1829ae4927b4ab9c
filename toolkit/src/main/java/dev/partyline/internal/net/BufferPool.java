package dev.partyline.internal.net;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The buffers through which the taps of a loop pass bytes on.
 *
 * <p>The buffer that was used last is used next, because it is still in the processor's cache. The
 * number of large buffers is limited, so that memory stays bounded when many peers do not read.
 */
public final class BufferPool {
  /** Smaller is slower if little is recorded, larger if all goes to a file (measured). */
  public static final int LARGE_BYTES = 1 << 19;

  private static final int SMALL_BYTES = 1 << 14;
  private static final int MAX_LARGE_BUFFERS = 32;

  private final ArrayDeque<ByteBuffer> freeBuffers = new ArrayDeque<>();
  private @Nullable ByteBuffer next;
  private int largeCount;

  /** Returns an empty buffer for the next read; the same as before unless that was retained. */
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

  /** Returns a buffer with what remains in this one: a small copy if that is little. */
  public ByteBuffer retain(ByteBuffer buffer) {
    if (buffer.capacity() == LARGE_BYTES && buffer.remaining() <= SMALL_BYTES) {
      ByteBuffer rest = ByteBuffer.allocate(buffer.remaining()).put(buffer).flip();
      release(buffer);
      return rest;
    }
    next = isNext(buffer) ? null : next;
    return buffer;
  }

  /** Takes a retained buffer back. */
  public void release(ByteBuffer buffer) {
    if (buffer.capacity() == LARGE_BYTES && !isNext(buffer)) {
      freeBuffers.push(buffer);
    }
  }

  /** Compares by identity: the content of buffers may be equal. */
  @SuppressWarnings("ReferenceEquality")
  private boolean isNext(ByteBuffer buffer) {
    return buffer == next;
  }
}
