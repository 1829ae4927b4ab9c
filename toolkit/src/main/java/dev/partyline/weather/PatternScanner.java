package dev.partyline.weather;

import dev.partyline.wire.Bytes;

/** Finds a pattern in a stream that comes in pieces (Knuth, Morris and Pratt 1977). */
final class PatternScanner {
  private final Bytes pattern;
  private final int[] fallback;
  private int matched;

  PatternScanner(Bytes pattern) {
    this.pattern = pattern;
    this.fallback = new int[pattern.size() + 1];
    int length = 0;
    for (int i = 1; i < pattern.size(); i++) {
      while (length > 0 && pattern.at(i) != pattern.at(length)) {
        length = fallback[length];
      }
      length += pattern.at(i) == pattern.at(length) ? 1 : 0;
      fallback[i + 1] = length;
    }
  }

  /** Reads the first piece; returns how much of it the pattern ends with, or -1 if it goes on. */
  int read(PendingInput waiting) {
    for (int i = 0; i < waiting.size(); i++) {
      byte next = waiting.at(i);
      while (matched > 0 && pattern.at(matched) != next) {
        matched = fallback[matched];
      }
      matched += pattern.at(matched) == next ? 1 : 0;
      if (matched == pattern.size()) {
        matched = 0;
        return i + 1;
      }
    }
    return -1;
  }

  /** Begins anew: a pattern does not go on in the next datagram. */
  void restart() {
    matched = 0;
  }
}
