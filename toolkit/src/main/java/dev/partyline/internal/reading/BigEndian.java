package dev.partyline.internal.reading;

import dev.partyline.wire.Bytes;

/** Numbers in network order: the most significant byte first. */
public final class BigEndian {
  private BigEndian() {}

  public static long unsigned(Bytes bytes, int start, int end) {
    long number = 0;
    for (int i = start; i < end; i++) {
      number = number << 8 | bytes.byteAt(i) & 0xff;
    }
    return number;
  }
}
