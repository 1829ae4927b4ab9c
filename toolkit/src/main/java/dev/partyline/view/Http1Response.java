package dev.partyline.view;

import dev.partyline.wire.Bytes;

/** A response as it was sent, be it the final one or one ahead of that. */
public final class Http1Response extends Http1Message {
  private final StartLine start;

  Http1Response(StartLine start, ParsedMessage draft) {
    super(draft);
    this.start = start;
  }

  /** Returns the status, from 100 to 999; 0 if the status line cannot be read. */
  public int status() {
    return start.read() ? Integer.parseInt(start.targetText()) : 0;
  }

  /** Returns the reason behind the status as it was sent, which may be empty. */
  public Span reason() {
    Bytes line = startLine().bytes();
    int from = Math.min(start.targetEnd() + (start.read() ? 1 : 0), line.size());
    return new Span(startLine().at() + from, line.slice(from, start.read() ? line.size() : from));
  }

  /** Whether another one follows for the same request (RFC 9110, 15.2). */
  boolean isInterim() {
    return status() / 100 == 1 && status() != 101;
  }
}
