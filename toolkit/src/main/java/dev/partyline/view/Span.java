package dev.partyline.view;

import dev.partyline.wire.Bytes;

/**
 * Bytes, and their offset in what a side sent.
 *
 * @param offset the offset of the first byte, from 0
 * @param bytes the bytes as they were sent
 */
public record Span(long offset, Bytes bytes) {
  /** Returns the offset after the last byte. */
  public long endOffset() {
    return offset + bytes.size();
  }

  /** Returns the bytes read as UTF-8, malformed ones replaced by U+FFFD. */
  public String text() {
    return bytes.utf8();
  }

  /** Returns the bytes, escaped and cut after 80, and the offset. */
  @Override
  public String toString() {
    return bytes + " at byte " + offset;
  }
}
