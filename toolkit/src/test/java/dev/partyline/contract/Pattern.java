package dev.partyline.contract;

import java.nio.ByteBuffer;
import java.util.Random;

/** An endless run of bytes that shows when one of them is missing, twice there or misplaced. */
final class Pattern {
  /** A prime, so that no power of two of missing bytes looks like none. */
  private static final int PERIOD = 65_521;

  /** How many bytes can be had at once. */
  static final int MOST = 3 * PERIOD;

  private final byte[] bytes = new byte[5 * PERIOD];

  Pattern(long seed) {
    byte[] period = new byte[PERIOD];
    new Random(seed).nextBytes(period);
    for (int at = 0; at < bytes.length; at += PERIOD) {
      System.arraycopy(period, 0, bytes, at, PERIOD);
    }
  }

  /** Returns the bytes at a place. */
  ByteBuffer at(long offset, int count) {
    return ByteBuffer.wrap(bytes, (int) (offset % PERIOD), count);
  }

  /** Fails if these are not the bytes of that place. */
  void check(long offset, ByteBuffer found) {
    while (found.hasRemaining()) {
      int count = Math.min(found.remaining(), MOST);
      ByteBuffer part = found.slice(found.position(), count);
      int different = part.mismatch(at(offset, count));
      if (different >= 0) {
        throw new AssertionError("wrong from byte " + (offset + different) + " on");
      }
      found.position(found.position() + count);
      offset += count;
    }
  }
}
