package dev.partyline.view;

import dev.partyline.wire.Conversation;
import dev.partyline.wire.Side;
import java.util.List;
import java.util.Optional;

/**
 * A message of HTTP/1 as it was sent, as far as it came, with what is wrong with it.
 *
 * <p>Offsets count what the side sent, from 0. Names of headers are compared in whatever case, and
 * kept as they were sent.
 */
public abstract sealed class Http1Message permits Http1Request, Http1Response {
  private final SideReader heard;
  private final MessageHead head;
  private final Http1Body body;
  private final List<Http1Header> trailers;
  private final long end;
  private final boolean ended;
  private final List<Flaw> flaws;

  Http1Message(ParsedMessage draft) {
    this.heard = draft.heard();
    this.head = draft.head();
    this.body = draft.body();
    this.trailers = draft.trailers();
    this.end = draft.end();
    this.ended = draft.ended();
    this.flaws = draft.flaws().list();
  }

  /** Returns who sent it. */
  public Side side() {
    return heard.side();
  }

  /** Returns the offset of its first byte. */
  public long at() {
    return head.start().at();
  }

  /** Returns the offset behind its last byte, or behind what of it came or could be read. */
  public long end() {
    return end;
  }

  /** Returns the first line without its line end; what came of it if it breaks off. */
  public Span startLine() {
    return head.start();
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
    return head.text(name);
  }

  /** Returns the values of all headers of a name, in the order in which they were sent. */
  public List<String> headers(String name) {
    return head.named(name).stream().map(Http1Header::text).toList();
  }

  /** Returns the offset behind the headers and their empty line, or where they break off. */
  public long headEnd() {
    return head.end();
  }

  /** Returns whether the empty line behind the headers came. */
  public boolean hasWholeHead() {
    return head.whole();
  }

  /** Returns the body, which may have no bytes. */
  public Http1Body body() {
    return body;
  }

  /** Returns the headers that followed the last chunk. */
  public List<Http1Header> trailers() {
    return trailers;
  }

  /** Returns what is wrong with it, in the order in which it was found. */
  public List<Flaw> flaws() {
    return flaws;
  }

  /**
   * Returns whether it came up to its end, be it right or wrong, and be all of it kept or not.
   *
   * <p>A body without a length, as HTTP/1.0 has it, ends when its sender has sent FIN. Of a message
   * that is malformed in what tells where it ends, nobody knows: it never came up to its end.
   */
  public boolean hasEnded() {
    return ended;
  }

  /** Returns whether it {@linkplain #hasEnded came up to its end}, and all of it was kept. */
  public boolean isWhole() {
    return ended && flaws.stream().noneMatch(flaw -> flaw.kind() == Flaw.Kind.INCOMPLETE);
  }

  /** Returns whether its sender means to keep the connection behind it (RFC 9112, 9.3). */
  public boolean keepsAlive() {
    return !head.closes() && body.framing() != Http1Body.End.CLOSE;
  }

  MessageHead head() {
    return head;
  }

  Conversation conversation() {
    return heard.conversation();
  }

  /** Returns the first line, and where the message stands. */
  @Override
  public String toString() {
    return head.start().bytes() + " at bytes " + at() + ".." + end + " of the " + side();
  }
}
