package dev.partyline.weather.spi;

import java.nio.ByteBuffer;

/** What waits at a fault for its verdict: bytes of a stream or datagrams, the oldest first. */
public interface PendingInput {
  /** Returns where the first byte stands in the stream, from 0; on UDP, the datagram's number. */
  long offset();

  /**
   * Returns the number to draw by: {@link #offset()}, or on UDP the number of the datagram from 1,
   * different for the second copy of a duplicated one.
   */
  long index();

  /** Returns how many bytes the first piece has; 0 only for an empty datagram. */
  int size();

  /** Returns a byte of the first piece. */
  byte byteAt(int position);

  /** Returns the first piece, read-only. */
  ByteBuffer bytes();

  /** Returns when the first piece came here. */
  long arrivedAt();

  /** Returns how many bytes wait in all. */
  long totalBytes();

  /** Returns when the last piece came here, or the end behind it. */
  long lastArrivedAt();

  /** Returns whether the end of the stream waits behind the bytes. */
  boolean isEndPending();

  /** Returns what time it is. */
  long now();
}
