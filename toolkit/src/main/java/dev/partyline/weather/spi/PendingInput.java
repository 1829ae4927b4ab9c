package dev.partyline.weather.spi;

import java.nio.ByteBuffer;

/** What a fault decides about: bytes of a stream or datagrams in chunks, the oldest first. */
public interface PendingInput {
  /**
   * Returns the offset of the first byte in the stream, from 0; over UDP, the datagram's number.
   */
  long offset();

  /**
   * Returns the index for random numbers: {@link #offset()}, or over UDP the number of the datagram
   * from 1, different for the second copy of a duplicated one.
   */
  long index();

  /** Returns how many bytes the first chunk has; 0 only for an empty datagram. */
  int size();

  /** Returns a byte of the first chunk. */
  byte byteAt(int position);

  /** Returns the first chunk, read-only. */
  ByteBuffer bytes();

  /** Returns when the first chunk arrived here. */
  long arrivedAt();

  /** Returns how many bytes are pending in all. */
  long totalBytes();

  /** Returns when the last chunk arrived here, or the end after it. */
  long lastArrivedAt();

  /** Returns whether the end of the stream is pending after the bytes. */
  boolean isEndPending();

  /** Returns the current time. */
  long now();
}
