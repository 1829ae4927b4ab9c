package dev.partyline.internal.secrets.logins;

import dev.partyline.internal.secrets.stream.MaskedStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Reads the fields of a binary protocol, and masks those that are secret. */
final class PacketReader {
  private final MaskedStream stream;
  private final ByteBuffer buffer;

  PacketReader(MaskedStream stream) {
    this.stream = stream;
    this.buffer = ByteBuffer.wrap(stream.original());
  }

  PacketReader littleEndian() {
    buffer.order(ByteOrder.LITTLE_ENDIAN);
    return this;
  }

  int offset() {
    return buffer.position();
  }

  boolean hasMore() {
    return buffer.hasRemaining();
  }

  boolean startsWith(String text) {
    byte[] expected = text.getBytes(StandardCharsets.ISO_8859_1);
    int end = offset() + expected.length;
    return end <= buffer.limit()
        && text.equals(
            new String(stream.original(), offset(), expected.length, StandardCharsets.ISO_8859_1));
  }

  /** Returns the next byte, or -1 at the end, without going on. */
  int peek() {
    return hasMore() ? buffer.get(offset()) & 0xff : -1;
  }

  int u8() {
    return buffer.get() & 0xff;
  }

  int u16() {
    return buffer.getShort() & 0xffff;
  }

  int u24() {
    int low = u16();
    return low | u8() << 16;
  }

  long u32() {
    return buffer.getInt() & 0xffff_ffffL;
  }

  /** Returns a number of seven bits in each byte, the lowest first, as MQTT has it. */
  int varint() {
    int value = 0;
    for (int shift = 0; shift < 28; shift += 7) {
      int next = u8();
      value |= (next & 0x7f) << shift;
      if (next < 0x80) {
        break;
      }
    }
    return value;
  }

  PacketReader skip(long count) {
    return goTo(offset() + count);
  }

  /**
   * Goes on at an offset.
   *
   * @throws BufferUnderflowException if it is before the current one or not in the stream
   */
  PacketReader goTo(long newOffset) {
    if (newOffset < offset() || newOffset > buffer.limit()) {
      throw new BufferUnderflowException();
    }
    buffer.position((int) newOffset);
    return this;
  }

  /** Returns a text that ends with a zero. */
  String zeroTerminated() {
    int start = offset();
    while (u8() != 0) {
      // The zero is not part of it.
    }
    return new String(stream.original(), start, offset() - 1 - start, StandardCharsets.ISO_8859_1);
  }

  /** Masks so many bytes, as far as they were sent, and goes on after them. */
  PacketReader mask(long count) {
    int end = (int) Math.min(buffer.limit(), offset() + count);
    stream.mask(offset(), end);
    stream.values().add(stream.original(), offset(), end);
    return skip(count);
  }
}
