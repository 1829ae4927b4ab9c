package dev.partyline.wire;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The last bytes of a conversation before they go to the file, so that small chunks of many
 * conversations are not written, and found again, one by one. It grows with its conversation.
 */
final class SpillBuffer {
  private static final int MAX_BYTES = 1 << 14;

  /** Which part of a conversation it may take in memory. */
  private static final int SHARE = 256;

  private static final byte[] NO_BYTES = {};

  private byte[] bytes = NO_BYTES;
  private int length;
  private boolean shared;

  int length() {
    return length;
  }

  long heldBytes() {
    return bytes.length;
  }

  /**
   * Takes a chunk, if that is small and there is room for it.
   *
   * @param conversationBytes how many bytes precede the chunk
   */
  boolean add(ByteBuffer chunk, long conversationBytes) {
    int capacity = (int) Math.min(MAX_BYTES, conversationBytes / SHARE);
    int chunkLength = chunk.remaining();
    if (chunkLength > capacity / 2 || length + chunkLength > capacity) {
      return false;
    }
    if (length + chunkLength > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.min(capacity, 2 * (length + chunkLength)));
      shared = false;
    }
    chunk.get(chunk.position(), bytes, length, chunkLength);
    length += chunkLength;
    return true;
  }

  ByteBuffer content() {
    return ByteBuffer.wrap(bytes, 0, length);
  }

  /** Forgets the bytes; those that a snapshot may read are not overwritten. */
  void clear() {
    bytes = shared ? new byte[bytes.length] : bytes;
    shared = false;
    length = 0;
  }

  /** Gives back its memory too. */
  void release() {
    bytes = NO_BYTES;
    shared = false;
    length = 0;
  }

  /** Returns the bytes so far, and others after them. */
  byte[] snapshot() {
    shared = true;
    return bytes;
  }
}
