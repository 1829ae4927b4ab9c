package dev.partyline.contract;

import java.nio.ByteBuffer;
import java.util.Random;

/** An endless sequence of bytes that shows if one is missing, repeated or misplaced. */
final class Pattern {
  /** A prime, so that a missing number of bytes that is a power of two is noticed. */
  private static final int PERIOD = 65_521;

  /** How many bytes are available at once. */
  static final int MAX_BYTES = 3 * PERIOD;

  private final byte[] bytes = new byte[5 * PERIOD];

  Pattern(long seed) {
    byte[] period = new byte[PERIOD];
    new Random(seed).nextBytes(period);
    for (int position = 0; position < bytes.length; position += PERIOD) {
      System.arraycopy(period, 0, bytes, position, PERIOD);
    }
  }

  /** Returns the bytes at an offset. */
  ByteBuffer slice(long offset, int count) {
    return ByteBuffer.wrap(bytes, (int) (offset % PERIOD), count);
  }

  /** Fails if these are not the bytes at the offset. */
  void check(long offset, ByteBuffer actual) {
    while (actual.hasRemaining()) {
      int count = Math.min(actual.remaining(), MAX_BYTES);
      ByteBuffer part = actual.slice(actual.position(), count);
      int mismatch = part.mismatch(slice(offset, count));
      if (mismatch >= 0) {
        throw new AssertionError("wrong from byte " + (offset + mismatch) + " on");
      }
      actual.position(actual.position() + count);
      offset += count;
    }
  }
}
