package dev.partyline.weather;

import dev.partyline.weather.spi.Delivery;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Bytes of a stream, a datagram or an end in a pipeline, and when it arrived. */
final class TimedChunk {
  private static final byte[] NOTHING = {};

  final Delivery.Kind kind;
  final String cause;

  /** Which copy of a datagram it is, because random numbers differ between them. */
  final int copy;

  /** When it was due to arrive at its stage, however late the pipeline was polled. */
  long arrivedAt;

  /** Whether it is an end that leaves at its time, whatever is held before it. */
  boolean punctual;

  /** The cut before it; null for none. */
  @Nullable SliceCut cut;

  private final byte[] array;
  private int startIndex;
  private final int endIndex;
  private long offset;

  private TimedChunk(
      Delivery.Kind kind,
      String cause,
      byte[] array,
      int startIndex,
      int endIndex,
      long offset,
      int copy) {
    this.kind = kind;
    this.cause = cause;
    this.array = array;
    this.startIndex = startIndex;
    this.endIndex = endIndex;
    this.offset = offset;
    this.copy = copy;
  }

  static TimedChunk bytes(byte[] array, long offset, long arrivedAt) {
    TimedChunk chunk = new TimedChunk(Delivery.Kind.BYTES, "", array, 0, array.length, offset, 0);
    chunk.arrivedAt = arrivedAt;
    return chunk;
  }

  static TimedChunk end(Delivery.Kind kind, String cause, long offset, long arrivedAt) {
    TimedChunk chunk = new TimedChunk(kind, cause, NOTHING, 0, 0, offset, 0);
    chunk.arrivedAt = arrivedAt;
    return chunk;
  }

  boolean isEnd() {
    return kind != Delivery.Kind.BYTES;
  }

  long offset() {
    return offset;
  }

  int size() {
    return endIndex - startIndex;
  }

  byte byteAt(int position) {
    return array[startIndex + position];
  }

  /** Removes the first bytes from this chunk. */
  TimedChunk split(int size) {
    TimedChunk head =
        new TimedChunk(kind, cause, array, startIndex, startIndex + size, offset, copy);
    head.arrivedAt = arrivedAt;
    head.cut = cut;
    cut = null;
    startIndex += size;
    offset += size;
    return head;
  }

  TimedChunk duplicate() {
    TimedChunk second = new TimedChunk(kind, cause, array, startIndex, endIndex, offset, copy + 1);
    second.arrivedAt = arrivedAt;
    return second;
  }

  /** Returns this chunk with other bytes. */
  TimedChunk withBytes(byte[] bytes) {
    TimedChunk changed = new TimedChunk(kind, cause, bytes, 0, bytes.length, offset, copy);
    changed.arrivedAt = arrivedAt;
    changed.cut = cut;
    return changed;
  }

  ByteBuffer buffer() {
    return ByteBuffer.wrap(array, startIndex, size()).slice();
  }

  byte[] toArray() {
    return Arrays.copyOfRange(array, startIndex, endIndex);
  }

  Delivery toDelivery() {
    return new Delivery(kind, buffer(), cause);
  }
}
