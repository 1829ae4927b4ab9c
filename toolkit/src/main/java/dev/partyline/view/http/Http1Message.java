package dev.partyline.view.http;

import dev.partyline.internal.reading.SideReader;
import dev.partyline.view.Flaw;
import dev.partyline.view.Span;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Side;
import java.util.List;
import java.util.Optional;

/**
 * A message of HTTP/1, as far as it was sent, with its flaws.
 *
 * <p>Offsets count what the side sent, from 0. Names of headers are compared in any case, and kept
 * as they were sent.
 */
public abstract sealed class Http1Message permits Http1Request, Http1Response {
  private final SideReader input;
  private final MessageHead head;
  private final Http1Body body;
  private final List<Http1Header> trailers;
  private final long endOffset;
  private final boolean ended;
  private final List<Flaw> flaws;

  Http1Message(ParsedMessage message) {
    this.input = message.input();
    this.head = message.head();
    this.body = message.body();
    this.trailers = message.trailers();
    this.endOffset = message.endOffset();
    this.ended = message.ended();
    this.flaws = message.flaws().list();
  }

  /** Returns the side that sent it. */
  public Side side() {
    return input.side();
  }

  /** Returns the offset of its first byte. */
  public long offset() {
    return head.startLine().offset();
  }

  /** Returns the offset after its last byte, or after what was sent or could be read of it. */
  public long endOffset() {
    return endOffset;
  }

  /** Returns the first line without its line end; what was sent of it if it is cut off. */
  public Span startLine() {
    return head.startLine();
  }

  /** Returns the version, such as {@code HTTP/1.1}; empty if the first line cannot be read. */
  public String version() {
    return head.version();
  }

  /** Returns the headers in the order in which they were sent. */
  public List<Http1Header> headers() {
    return head.headers();
  }

  /** Returns the value of the first header of a name, if there is one. */
  public Optional<String> header(String name) {
    return head.headerText(name);
  }

  /** Returns the values of all headers of a name, in the order in which they were sent. */
  public List<String> headers(String name) {
    return head.headers(name).stream().map(Http1Header::text).toList();
  }

  /** Returns the offset after the headers and their empty line, or where they are cut off. */
  public long headEndOffset() {
    return head.endOffset();
  }

  /** Returns whether the empty line after the headers was sent. */
  public boolean hasCompleteHead() {
    return head.complete();
  }

  /** Returns the body, which may have no bytes. */
  public Http1Body body() {
    return body;
  }

  /** Returns the headers that followed the last chunk. */
  public List<Http1Header> trailers() {
    return trailers;
  }

  /** Returns its flaws, in the order in which they were found. */
  public List<Flaw> flaws() {
    return flaws;
  }

  /**
   * Returns whether it was sent up to its end, whether it is malformed or not, and kept or not.
   *
   * <p>A body without a length, as in HTTP/1.0, ends with the FIN of its sender. A message that is
   * malformed so that its end is unknown has never ended.
   */
  public boolean hasEnded() {
    return ended;
  }

  /** Returns whether it {@linkplain #hasEnded was sent up to its end}, and all of it was kept. */
  public boolean isComplete() {
    return ended && flaws.stream().noneMatch(flaw -> flaw.kind() == Flaw.Kind.INCOMPLETE);
  }

  /** Returns whether its sender intends to keep the connection open after it (RFC 9112, 9.3). */
  public boolean keepsAlive() {
    return !head.closesConnection() && body.framing() != Http1Body.Framing.CLOSE;
  }

  MessageHead head() {
    return head;
  }

  Conversation conversation() {
    return input.conversation();
  }

  /** Returns the first line and the offsets of the message. */
  @Override
  public String toString() {
    return head.startLine().bytes()
        + " at bytes "
        + offset()
        + ".."
        + endOffset
        + " of the "
        + side();
  }
}
