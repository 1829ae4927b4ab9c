package dev.partyline.weather;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Bytes of a stream, a datagram or an end, on the way through a lane. */
final class TimedChunk {
  private static final byte[] NOTHING = {};

  final Delivery.Kind kind;
  final String cause;

  /** The second copy of a datagram must not meet the fate of the first. */
  final int copy;

  /** When it came to where it waits; what the loop made of that does not count. */
  long at;

  private final byte[] array;
  private int from;
  private final int to;
  private long offset;

  private TimedChunk(
      Delivery.Kind kind, String cause, byte[] array, int from, int to, long offset, int copy) {
    this.kind = kind;
    this.cause = cause;
    this.array = array;
    this.from = from;
    this.to = to;
    this.offset = offset;
    this.copy = copy;
  }

  static TimedChunk bytes(byte[] array, long offset, long at) {
    TimedChunk piece = new TimedChunk(Delivery.Kind.BYTES, "", array, 0, array.length, offset, 0);
    piece.at = at;
    return piece;
  }

  static TimedChunk end(Delivery.Kind kind, String cause, long offset, long at) {
    TimedChunk piece = new TimedChunk(kind, cause, NOTHING, 0, 0, offset, 0);
    piece.at = at;
    return piece;
  }

  boolean isEnd() {
    return kind != Delivery.Kind.BYTES;
  }

  long offset() {
    return offset;
  }

  int size() {
    return to - from;
  }

  byte byteAt(int position) {
    return array[from + position];
  }

  /** Takes the first bytes off this piece. */
  TimedChunk split(int size) {
    TimedChunk head = new TimedChunk(kind, cause, array, from, from + size, offset, copy);
    head.at = at;
    from += size;
    offset += size;
    return head;
  }

  TimedChunk again() {
    TimedChunk second = new TimedChunk(kind, cause, array, from, to, offset, copy + 1);
    second.at = at;
    return second;
  }

  /** This piece with other bytes. */
  TimedChunk with(byte[] bytes) {
    TimedChunk changed = new TimedChunk(kind, cause, bytes, 0, bytes.length, offset, copy);
    changed.at = at;
    return changed;
  }

  ByteBuffer view() {
    return ByteBuffer.wrap(array, from, size()).slice();
  }

  byte[] copied() {
    return Arrays.copyOfRange(array, from, to);
  }

  Delivery leaving() {
    return new Delivery(kind, view(), cause);
  }
}
