package dev.partyline.view;

import dev.partyline.wire.Bytes;

/**
 * A chunk of a body in chunked coding (RFC 9112, 7.1); the last one has no bytes.
 *
 * @param line the line with its size and extensions as sent, without its line end
 * @param from the offset of its first byte in what the side sent
 * @param to the offset behind its last byte, or where it is cut off
 * @param size how many bytes its line says that it has
 */
public record Http1Chunk(Span line, long from, long to, long size) {
  private static final Bytes SEMICOLON = Bytes.of((byte) ';');

  /** Returns the extensions as sent, from the first semicolon on; empty if it has none. */
  public String extensions() {
    int at = line.bytes().indexOf(SEMICOLON, 0);
    return at < 0 ? "" : line.bytes().slice(at, line.bytes().size()).utf8();
  }
}
