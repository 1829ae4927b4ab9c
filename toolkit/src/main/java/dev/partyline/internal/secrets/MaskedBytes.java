package dev.partyline.internal.secrets;

import dev.partyline.internal.secrets.stream.MaskedStream;
import dev.partyline.wire.Bytes;

/**
 * Bytes, and how a failure shows them.
 *
 * @param bytes as they are
 * @param masked as many bytes, with secrets masked
 */
public record MaskedBytes(Bytes bytes, Bytes masked) {
  /** Returns the bytes from one offset up to another. */
  public MaskedBytes slice(int offset, int endOffset) {
    return new MaskedBytes(bytes.slice(offset, endOffset), masked.slice(offset, endOffset));
  }

  /** Returns whether a byte is part of a secret; one that does not exist is not. */
  public boolean isMasked(int offset) {
    return offset >= 0
        && offset < Math.min(bytes.size(), masked.size())
        && bytes.byteAt(offset) != masked.byteAt(offset);
  }

  /**
   * Masks the rest of a line of what was expected instead of these bytes, if a secret differs from
   * it: that rest is a secret as well.
   *
   * @param expected what was expected, masked as far as its own secrets are known
   * @param difference the offset of the first byte that differs
   */
  public Bytes maskExpected(Bytes expected, int difference) {
    if (!isMasked(difference) && !isMasked(difference - 1)) {
      return expected;
    }
    byte[] result = expected.toArray();
    int start = Math.min(difference, result.length);
    while (start > 0 && start < result.length && (result[start] & 0xc0) == 0x80) {
      // Half a character could not be printed.
      start--;
    }
    for (int i = start; i < result.length && !MaskedStream.isLineEnd(result[i]); i++) {
      result[i] = MaskedStream.MASK;
    }
    return Bytes.of(result);
  }
}
