package dev.partyline.internal.text;

import java.nio.ByteBuffer;

/** Finds a pattern in a stream that comes in pieces (Knuth, Morris and Pratt 1977). */
public final class PatternScanner {
  private final byte[] pattern;

  /** How long a beginning of the pattern is also the end of each of its beginnings. */
  private final int[] borders;

  private int matchedBytes;

  /**
   * Creates a scanner.
   *
   * @param pattern one byte or more
   */
  public PatternScanner(byte[] pattern) {
    this.pattern = pattern.clone();
    this.borders = new int[pattern.length + 1];
    for (int i = 1; i < pattern.length; i++) {
      borders[i + 1] = extend(borders[i], pattern[i]);
    }
  }

  /** Returns how many bytes of the pattern the stream ends with after one more byte. */
  public int advance(byte next) {
    boolean isComplete = matchedBytes == pattern.length;
    matchedBytes = extend(isComplete ? borders[matchedBytes] : matchedBytes, next);
    return matchedBytes;
  }

  private int extend(int matched, byte next) {
    int length = matched;
    while (length > 0 && pattern[length] != next) {
      length = borders[length];
    }
    return pattern[length] == next ? length + 1 : 0;
  }

  /** Reads a piece; returns how much of it the pattern ends with, or -1 if it goes on. */
  public int findEnd(ByteBuffer piece) {
    for (int i = 0; i < piece.remaining(); i++) {
      if (advance(piece.get(piece.position() + i)) == pattern.length) {
        return i + 1;
      }
    }
    return -1;
  }

  /** Begins anew: a pattern does not go on in the next datagram. */
  public void reset() {
    matchedBytes = 0;
  }
}
