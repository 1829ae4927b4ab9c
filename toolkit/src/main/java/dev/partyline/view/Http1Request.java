package dev.partyline.view;

/** A request as it was sent. */
public final class Http1Request extends Http1Message {
  private final StartLine start;

  Http1Request(StartLine start, ParsedMessage draft) {
    super(draft);
    this.start = start;
  }

  /** Returns the method, such as {@code GET}; empty if the request line cannot be read. */
  public String method() {
    return start.method();
  }

  /** Returns the target as it was sent; empty if the request line cannot be read. */
  public Span target() {
    Span line = startLine();
    return new Span(
        line.at() + start.target(), line.bytes().slice(start.target(), start.targetEnd()));
  }

  /** Whether it depends on the answer what the client says behind it. */
  boolean mayLeaveHttp() {
    return method().equals("CONNECT") || head().upgrades();
  }
}
