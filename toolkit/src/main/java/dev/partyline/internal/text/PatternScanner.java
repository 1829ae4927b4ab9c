package dev.partyline.internal.text;

import dev.partyline.weather.spi.PendingInput;
import dev.partyline.wire.Bytes;

/** Finds a pattern in a stream that comes in pieces (Knuth, Morris and Pratt 1977). */
public final class PatternScanner {
  private final Bytes pattern;
  private final int[] fallback;
  private int matchedBytes;

  public PatternScanner(Bytes pattern) {
    this.pattern = pattern;
    this.fallback = new int[pattern.size() + 1];
    int length = 0;
    for (int i = 1; i < pattern.size(); i++) {
      while (length > 0 && pattern.byteAt(i) != pattern.byteAt(length)) {
        length = fallback[length];
      }
      length += pattern.byteAt(i) == pattern.byteAt(length) ? 1 : 0;
      fallback[i + 1] = length;
    }
  }

  /** Reads the first piece; returns how much of it the pattern ends with, or -1 if it goes on. */
  public int findEnd(PendingInput input) {
    for (int i = 0; i < input.size(); i++) {
      byte next = input.byteAt(i);
      while (matchedBytes > 0 && pattern.byteAt(matchedBytes) != next) {
        matchedBytes = fallback[matchedBytes];
      }
      matchedBytes += pattern.byteAt(matchedBytes) == next ? 1 : 0;
      if (matchedBytes == pattern.size()) {
        matchedBytes = 0;
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
