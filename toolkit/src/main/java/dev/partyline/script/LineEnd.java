package dev.partyline.script;

import dev.partyline.wire.Bytes;

/** What ends a line of text on the wire. */
public enum LineEnd {
  /** CR and LF, as most protocols of the internet have it: {@code eol crlf}, the default. */
  CRLF(Bytes.utf8("\r\n")),
  /** LF alone: {@code eol lf}. */
  LF(Bytes.utf8("\n")),
  /** Nothing: the line is bytes as they stand. */
  NONE(Bytes.EMPTY);

  private final Bytes bytes;

  LineEnd(Bytes bytes) {
    this.bytes = bytes;
  }

  /** Returns the bytes that end the line. */
  public Bytes bytes() {
    return bytes;
  }
}
