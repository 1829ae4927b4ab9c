package dev.partyline.assertions;

import dev.partyline.wire.Bytes;

/** Checks of the bytes that an assertion looks for. */
final class WantedBytes {
  private WantedBytes() {}

  static Bytes notEmpty(Bytes bytes) {
    if (bytes.isEmpty()) {
      throw new IllegalArgumentException("bytes () must not be empty: they are in everything");
    }
    return bytes;
  }

  static Bytes line(String line) {
    Bytes bytes = Bytes.utf8(line);
    if (line.contains("\n") || line.contains("\r")) {
      throw new IllegalArgumentException(
          "line (" + bytes + ") must be one line, without its line end");
    }
    return bytes;
  }
}
