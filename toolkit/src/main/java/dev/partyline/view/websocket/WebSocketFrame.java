package dev.partyline.view.websocket;

import dev.partyline.internal.reading.BigEndian;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Side;
import java.util.OptionalInt;

/**
 * A frame that was sent completely.
 *
 * @param side who sent it
 * @param offset the offset of its first byte in what the side sent
 * @param endOffset the offset after its last byte
 * @param kind its kind
 * @param opcode its opcode as a number, 0 to 15
 * @param fin whether it is the last of its message
 * @param masked whether the payload was masked on the wire, as a client must do
 * @param deflated whether its message, and so the payload here, is compressed by permessage-deflate
 * @param payload the payload, unmasked; empty if some of it was not kept
 */
public record WebSocketFrame(
    Side side,
    long offset,
    long endOffset,
    Kind kind,
    int opcode,
    boolean fin,
    boolean masked,
    boolean deflated,
    Bytes payload) {

  /** The kinds of frames (RFC 6455, 5.2). */
  public enum Kind {
    /** More of the message before it. */
    CONTINUATION(0x0),
    /** A message of text in UTF-8, or its beginning. */
    TEXT(0x1),
    /** A message of bytes, or its beginning. */
    BINARY(0x2),
    /** The last frame of a side. */
    CLOSE(0x8),
    /** A question whether the peer is alive. */
    PING(0x9),
    /** The answer, or an unasked heartbeat. */
    PONG(0xa),
    /** An opcode without a meaning. */
    RESERVED(-1);

    private final int opcode;

    Kind(int opcode) {
      this.opcode = opcode;
    }

    static Kind of(int opcode) {
      for (Kind kind : values()) {
        if (kind.opcode == opcode) {
          return kind;
        }
      }
      return RESERVED;
    }

    boolean isControl() {
      return opcode >= CLOSE.opcode;
    }
  }

  /** Returns the payload as text, malformed UTF-8 replaced by U+FFFD. */
  public String text() {
    return payload.utf8();
  }

  /** Returns the code of a CLOSE frame that has one, such as 1000 (RFC 6455, 7.4). */
  public OptionalInt closeCode() {
    return kind == Kind.CLOSE && payload.size() >= 2
        ? OptionalInt.of((int) BigEndian.unsigned(payload, 0, 2))
        : OptionalInt.empty();
  }

  /** Returns the reason of a CLOSE frame, malformed UTF-8 replaced by U+FFFD; may be empty. */
  public String closeReason() {
    return closeCode().isPresent() ? payload.slice(2, payload.size()).utf8() : "";
  }

  /**
   * Returns the frame as tshark prints it, such as {@code client WebSocket Text [FIN] [MASKED]
   * Hello}.
   */
  @Override
  public String toString() {
    return WebSocketPrinter.of(this);
  }
}
