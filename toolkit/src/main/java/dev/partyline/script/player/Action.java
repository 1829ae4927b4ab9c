package dev.partyline.script.player;

import dev.partyline.wire.Bytes;

/** What a {@link Player} wants the owner of its socket to do next. */
public sealed interface Action {
  /**
   * Send these bytes: one write on a stream, one datagram on UDP.
   *
   * @param bytes the message; empty only on UDP
   */
  record Send(Bytes bytes) implements Action {
    /** Returns how many bytes it has and not which, because they may have secrets. */
    @Override
    public String toString() {
      return "Send[byteCount=" + bytes.size() + "]";
    }
  }

  /** Send a FIN and go on reading (half close, RFC 9293, 3.6). */
  record ShutdownOutput() implements Action {}

  /** Close the connection. */
  record Close() implements Action {}

  /** Abort the connection with an RST. */
  record Reset() implements Action {}

  /**
   * Start TLS; call {@link Player#onHandshakeDone()} after the handshake, or {@link
   * Player#onTlsFailed} if it failed.
   */
  record TlsHandshake() implements Action {}

  /** Stop reading, and keep the connection open. */
  record Stall() implements Action {}
}
