package dev.partyline.view.http;

import dev.partyline.view.Span;

/** A request as it was sent. */
public final class Http1Request extends Http1Message {
  private final StartLine startLine;

  Http1Request(StartLine startLine, ParsedMessage message) {
    super(message);
    this.startLine = startLine;
  }

  /** Returns the method, such as {@code GET}; empty if the request line cannot be read. */
  public String method() {
    return startLine.method();
  }

  /** Returns the target as it was sent; empty if the request line cannot be read. */
  public Span target() {
    Span line = startLine();
    return new Span(
        line.offset() + startLine.targetStart(),
        line.bytes().slice(startLine.targetStart(), startLine.targetEnd()));
  }

  /** Returns whether the response determines the protocol of what the client sends after it. */
  boolean mayLeaveHttp() {
    return method().equals("CONNECT") || head().requestsUpgrade();
  }
}
