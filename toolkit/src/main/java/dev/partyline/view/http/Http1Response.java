package dev.partyline.view.http;

import dev.partyline.view.Span;
import dev.partyline.wire.Bytes;

/** A response as it was sent, final or interim. */
public final class Http1Response extends Http1Message {
  private final StartLine startLine;

  Http1Response(StartLine startLine, ParsedMessage message) {
    super(message);
    this.startLine = startLine;
  }

  /** Returns the status, from 100 to 999; 0 if the status line cannot be read. */
  public int status() {
    return startLine.readable() ? Integer.parseInt(startLine.targetText()) : 0;
  }

  /** Returns the reason after the status as it was sent, which may be empty. */
  public Span reason() {
    Bytes line = startLine().bytes();
    int reasonStart = Math.min(startLine.targetEnd() + (startLine.readable() ? 1 : 0), line.size());
    return new Span(
        startLine().offset() + reasonStart,
        line.slice(reasonStart, startLine.readable() ? line.size() : reasonStart));
  }

  /** Returns whether another response to the same request follows (RFC 9110, 15.2). */
  boolean isInterim() {
    return status() / 100 == 1 && status() != 101;
  }
}
