package dev.partyline.view;

import dev.partyline.wire.Bytes;

/** Numbers in network order: the most significant byte first. */
final class BigEndian {
  private BigEndian() {}

  static long unsigned(Bytes bytes, int from, int to) {
    long number = 0;
    for (int i = from; i < to; i++) {
      number = number << 8 | bytes.at(i) & 0xff;
    }
    return number;
  }
}
