package dev.partyline.loopback;

import dev.partyline.tls.Tls;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.LoopbackException;

/**
 * One connection, driven by hand in blocking style, as with telnet.
 *
 * <p>A method that waits does so until the deadline (by default 5 s, stretched by {@link
 * dev.partyline.wire.TimeoutFactor}), and then throws an {@link AssertionError} with what was
 * awaited, what was received, and the state of the peer; also if the peer ends before. If our own
 * end is closed meanwhile, it throws a {@link LoopbackException}. For use by one thread at a time.
 *
 * <p>Over UDP each {@code send} is one datagram.
 */
public interface Connection extends AutoCloseable {
  /** Sends the text in UTF-8 as it is, in one write, and returns when all of it was sent. */
  default void send(String text) {
    send(Bytes.utf8(text));
  }

  /**
   * Sends the bytes in one write, and returns when all of them were sent.
   *
   * @throws AssertionError if the peer does not take them in time, or can take none any more
   * @throws LoopbackException if our end has sent a FIN, or is closed
   */
  void send(Bytes bytes);

  /** Sends the text in UTF-8 and a CRLF, in one write. */
  default void sendLine(String line) {
    send(line + "\r\n");
  }

  /**
   * Reads exactly this text, in UTF-8.
   *
   * @throws AssertionError at the first byte that differs, or if the text is not received in time
   */
  void expect(String text);

  /**
   * Reads exactly this line and a CRLF.
   *
   * @throws AssertionError at the first byte that differs, or if the line is not received in time
   */
  default void expectLine(String line) {
    expect(line + "\r\n");
  }

  /**
   * Reads a line that ends in CRLF or LF, and returns it without its end.
   *
   * @throws AssertionError if no complete line is received in time
   */
  String readLine();

  /**
   * Reads a number of bytes.
   *
   * @param count how many, 0 or more
   * @throws AssertionError if fewer are received in time
   */
  Bytes read(int count);

  /**
   * Reads what was received, waiting for at least one byte; over UDP, one datagram.
   *
   * @return the bytes; none if the peer has sent a FIN
   * @throws AssertionError if nothing is received in time
   */
  Bytes readAvailable();

  /**
   * Reads everything up to the FIN of the peer.
   *
   * @throws AssertionError if the FIN is not received in time
   */
  Bytes readToEnd();

  /**
   * Starts TLS, as after STARTTLS, and returns when the handshake is done: what is sent and
   * received from now on is under TLS.
   *
   * <p>A client may send its hello before this is called. It is read all the same, but recorded as
   * plaintext.
   *
   * @throws AssertionError if the handshake is not done in time, or if something else that the peer
   *     sent is unread: it was sent in plaintext, where only TLS may follow
   * @throws LoopbackException over UDP, or if TLS has started already
   */
  void startTls(Tls tls);

  /**
   * Sends a FIN: we send nothing more, but the peer can go on (half close, RFC 9293, 3.6). TLS 1.2
   * has no half close: the peer has to end at once as well, and what it sends meanwhile is lost
   * (RFC 5246, 7.2.1).
   *
   * @throws LoopbackException over UDP, which has no FIN
   */
  void shutdownOutput();

  /**
   * Resets the connection: sends an RST (RFC 9293, 3.5.3).
   *
   * <p>A Unix domain socket has no RST: it is closed, the peer sees the end of the stream, and the
   * ledger has a FIN. Over UDP the socket closes, and a connected peer is told by ICMP that the
   * port is closed.
   */
  void reset();

  /** Closes the connection: sends a FIN and reads no more; an RST if something is still unsent. */
  @Override
  void close();

  /** Returns the conversation on this connection so far. */
  Conversation conversation();
}
