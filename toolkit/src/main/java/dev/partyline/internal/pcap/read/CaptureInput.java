package dev.partyline.internal.pcap.read;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ReadableByteChannel;

/**
 * A capture file, read from its beginning to its end through one buffer, whose size limits what is
 * in memory, whatever lengths the file claims.
 */
final class CaptureInput {
  /** More than any packet, and as much as Wireshark allows a block. */
  static final int MAX_BYTES = 16 << 20;

  private static final int INITIAL_BYTES = 1 << 18;

  private final ReadableByteChannel channel;
  private byte[] array = new byte[INITIAL_BYTES];
  private ByteBuffer buffer = ByteBuffer.wrap(array).limit(0);
  private ByteOrder order = ByteOrder.BIG_ENDIAN;

  /** Where the buffer begins in the file. */
  private long bufferOffset;

  private long recordOffset;

  CaptureInput(ReadableByteChannel channel) {
    this.channel = channel;
  }

  /** Sets the order of the bytes of numbers from here on. */
  void setOrder(ByteOrder newOrder) {
    order = newOrder;
    buffer.order(newOrder);
  }

  /** Tells that a block or a packet begins at what is read next. */
  void beginRecord() {
    recordOffset = bufferOffset + buffer.position();
  }

  /** Returns where in the file the block or packet begins that is read. */
  long recordOffset() {
    return recordOffset;
  }

  /** Returns the array of the buffer; the indexes are the same. */
  byte[] array() {
    return array;
  }

  /** Returns the buffer, at what is read next. */
  ByteBuffer buffer() {
    return buffer;
  }

  /**
   * Reads ahead, so that the buffer has so many bytes.
   *
   * @param byteCount at most {@link #MAX_BYTES}
   * @return whether the file has so many
   */
  boolean has(int byteCount) throws IOException {
    while (buffer.remaining() < byteCount) {
      makeRoomFor(byteCount);
      int position = buffer.position();
      int limit = buffer.limit();
      buffer.limit(buffer.capacity()).position(limit);
      int readBytes = channel.read(buffer);
      buffer.limit(buffer.position()).position(position);
      if (readBytes < 0) {
        return false;
      }
    }
    return true;
  }

  private void makeRoomFor(int byteCount) {
    if (byteCount > buffer.capacity()) {
      array = new byte[Math.min(MAX_BYTES, Math.max(byteCount, 2 * buffer.capacity()))];
      bufferOffset += buffer.position();
      buffer = ByteBuffer.wrap(array).put(buffer).flip().order(order);
    } else if (buffer.capacity() - buffer.position() < byteCount || !buffer.hasRemaining()) {
      bufferOffset += buffer.position();
      buffer.compact().flip();
    }
  }

  /** Skips so many bytes; returns whether the file has so many. */
  boolean skip(long byteCount) throws IOException {
    long rest = byteCount;
    while (rest > buffer.remaining()) {
      rest -= buffer.remaining();
      buffer.position(buffer.limit());
      if (!has(1)) {
        return rest == 0;
      }
    }
    buffer.position(buffer.position() + (int) rest);
    return true;
  }
}
