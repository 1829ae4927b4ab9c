package dev.partyline.view.http;

import dev.partyline.view.Span;
import dev.partyline.wire.Bytes;

/**
 * A chunk of a body in chunked coding (RFC 9112, 7.1); the last one has no bytes.
 *
 * @param line the line with its size and extensions as it was sent, without its line end
 * @param offset the offset of its first byte in what the side sent
 * @param endOffset the offset after its last byte, or where it is cut off
 * @param size its size according to its line
 */
public record Http1Chunk(Span line, long offset, long endOffset, long size) {
  private static final Bytes SEMICOLON = Bytes.of((byte) ';');

  /** Returns the extensions as sent, from the first semicolon on; empty if it has none. */
  public String extensions() {
    int index = line.bytes().indexOf(SEMICOLON, 0);
    return index < 0 ? "" : line.bytes().slice(index, line.bytes().size()).utf8();
  }
}
