package dev.partyline.loopback;

import dev.partyline.tls.Tls;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.LoopbackException;

/**
 * One connection, driven by hand in blocking style, as one would with telnet.
 *
 * <p>Whatever waits here waits for the deadline at most (5 s unless said otherwise, stretched by
 * {@link dev.partyline.wire.TimeoutFactor}), and then throws an {@link AssertionError} that tells
 * what was awaited, what came, and how the peer stands; the same if the peer ends first. When our
 * own end is closed meanwhile, it throws a {@link LoopbackException}. To be used by one thread at a
 * time.
 *
 * <p>Over UDP each {@code send} is one datagram.
 */
public interface Connection extends AutoCloseable {
  /** Sends the text in UTF-8 as it is, in one write, and returns when all of it has left. */
  default void send(String text) {
    send(Bytes.utf8(text));
  }

  /** Sends the bytes in one write, and returns when all of them have left. */
  void send(Bytes bytes);

  /** Sends the text in UTF-8 and a CRLF behind it, in one write. */
  default void sendLine(String line) {
    send(line + "\r\n");
  }

  /**
   * Takes exactly this text, in UTF-8, from what the peer sends next.
   *
   * @throws AssertionError at the first byte that differs, or if the text does not come in time
   */
  void expect(String text);

  /**
   * Takes exactly this line and the CRLF behind it from what the peer sends next.
   *
   * @throws AssertionError at the first byte that differs, or if the line does not come in time
   */
  default void expectLine(String line) {
    expect(line + "\r\n");
  }

  /**
   * Takes a line that ends in CRLF or LF, and returns it without that end.
   *
   * @throws AssertionError if there is no whole line in time
   */
  String readLine();

  /**
   * Takes as many bytes.
   *
   * @param count how many, 0 or more
   * @throws AssertionError if fewer come in time
   */
  Bytes read(int count);

  /**
   * Takes what has come, and waits for that: at least one byte; over UDP, one datagram.
   *
   * @return what has come; no bytes if the peer has sent a FIN
   * @throws AssertionError if nothing comes in time
   */
  Bytes readAvailable();

  /**
   * Takes everything up to the FIN of the peer.
   *
   * @throws AssertionError if the FIN does not come in time
   */
  Bytes readToEnd();

  /**
   * Starts TLS here, as after STARTTLS, and returns when both sides have agreed on it: what is said
   * and heard from now on is under TLS.
   *
   * <p>A client may send its hello before this is called. It is heard all the same, but stands
   * among what was said in plain when it is recorded.
   *
   * @throws AssertionError if they do not agree in time, or if something else that the peer sent is
   *     unread: it was said in plain, where only TLS may follow
   * @throws LoopbackException over UDP, or if TLS has started already
   */
  void startTls(Tls tls);

  /**
   * Sends a FIN: nothing more comes from here, while the peer can go on (half close, RFC 9293,
   * 3.6). Not so under TLS 1.2, which has no half close: the peer has to end as well, at once, and
   * what it says by then is lost (RFC 5246, 7.2.1).
   *
   * @throws LoopbackException over UDP, which has no FIN
   */
  void shutdownOutput();

  /**
   * Throws the connection away: an RST (RFC 9293, 3.5.3).
   *
   * <p>A Unix domain socket knows no RST: the peer sees the end of the stream, or ECONNRESET if it
   * sent something that was not read here. Over UDP the socket closes, so that a connected peer is
   * told by ICMP that nobody listens.
   */
  void reset();

  /** Hangs up: sends a FIN and reads no more; an RST if something said has not left yet. */
  @Override
  void close();

  /** Returns what was said on this connection so far. */
  Conversation conversation();
}
