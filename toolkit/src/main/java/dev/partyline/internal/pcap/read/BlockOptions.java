package dev.partyline.internal.pcap.read;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;

/** The options at the end of a block of pcapng, one after the other; damaged ones are not there. */
final class BlockOptions {
  static final int COMMENT = 1;
  private static final int END = 0;
  private static final int HEADER_BYTES = 4;

  private final ByteBuffer body;
  private int code;
  private int length;
  private int next;

  /** Makes the options from an offset of a body on, up to its end. */
  BlockOptions(ByteBuffer body, int offset) {
    this.body = body;
    this.next = offset;
  }

  /** Goes to the next option; returns whether there is one. */
  boolean next() {
    if (body.limit() - next < HEADER_BYTES) {
      return false;
    }
    code = body.getShort(next) & 0xffff;
    length = body.getShort(next + 2) & 0xffff;
    if (code == END || length > body.limit() - next - HEADER_BYTES) {
      next = body.limit();
      return false;
    }
    next += HEADER_BYTES + (length + 3 & ~3);
    return true;
  }

  int code() {
    return code;
  }

  int length() {
    return length;
  }

  /** Returns where the value begins in the body. */
  int offset() {
    return next - (length + 3 & ~3);
  }

  String text() {
    byte[] bytes = new byte[length];
    body.get(offset(), bytes);
    return new String(bytes, UTF_8);
  }
}
