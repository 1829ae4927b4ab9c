package dev.partyline.internal.secrets.stream;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Reads the fields of a binary protocol, and masks those that are secret. */
public final class PacketReader {
  private final Layer layer;
  private final ByteBuffer buffer;

  public PacketReader(Layer layer) {
    this.layer = layer;
    this.buffer = layer.buffer();
  }

  public PacketReader littleEndian() {
    buffer.order(ByteOrder.LITTLE_ENDIAN);
    return this;
  }

  public int offset() {
    return buffer.position();
  }

  public boolean hasMore() {
    return buffer.hasRemaining();
  }

  public boolean startsWith(String text) {
    int end = offset() + text.length();
    return end <= buffer.limit() && text.equals(latin1(offset(), end));
  }

  /** Returns the next byte, or -1 at the end, without going on. */
  public int peek() {
    return hasMore() ? buffer.get(offset()) & 0xff : -1;
  }

  public int u8() {
    return buffer.get() & 0xff;
  }

  public int u16() {
    return buffer.getShort() & 0xffff;
  }

  public int u24() {
    int low = u16();
    return low | u8() << 16;
  }

  public long u32() {
    return buffer.getInt() & 0xffff_ffffL;
  }

  /** Returns a number of seven bits in each byte, the lowest first, as MQTT has it. */
  public int varint() {
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

  public PacketReader skip(long count) {
    return goTo(offset() + count);
  }

  /**
   * Goes on at an offset.
   *
   * @throws BufferUnderflowException if it is before the current one or not in the stream
   */
  public PacketReader goTo(long newOffset) {
    if (newOffset < offset() || newOffset > buffer.limit()) {
      throw new BufferUnderflowException();
    }
    buffer.position((int) newOffset);
    return this;
  }

  /** Returns a text that ends with a zero. */
  public String zeroTerminated() {
    int start = offset();
    while (u8() != 0) {
      // The zero is not part of it.
    }
    return latin1(start, offset() - 1);
  }

  /** Returns a text of so many bytes, read as ISO-8859-1. */
  public String text(long size) {
    int start = offset();
    skip(size);
    return latin1(start, offset());
  }

  private String latin1(int start, int end) {
    return new String(layer.bytes(start, end), StandardCharsets.ISO_8859_1);
  }

  /** Masks so many bytes, as far as they were sent, and goes on after them. */
  public PacketReader mask(long count) {
    layer.mask(offset(), (int) Math.min(buffer.limit(), offset() + count));
    return skip(count);
  }
}
