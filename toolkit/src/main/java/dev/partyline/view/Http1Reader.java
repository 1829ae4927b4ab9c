package dev.partyline.view;

import java.util.List;
import java.util.Optional;

/** Reads the messages of one side, one after the other, as long as their beginnings are known. */
final class Http1Reader {
  private final SideReader heard;
  private long at;
  private boolean stopped;

  /** Whether the last message says that it is the last. */
  private boolean closing;

  Http1Reader(SideReader heard) {
    this.heard = heard;
  }

  /** Returns where the next message begins, or where reading stopped. */
  long at() {
    return at;
  }

  boolean hasMore() {
    return at < heard.count();
  }

  /** Returns whether what is there can no longer be read. */
  boolean isStopped() {
    return stopped;
  }

  void stop() {
    stopped = true;
  }

  /** Reads a request, if there is one more. */
  Optional<Http1Request> request() {
    if (stopped || !hasMore()) {
      return Optional.empty();
    }
    FlawCollector flaws = begin();
    skipEmptyLines(flaws);
    if (!hasMore()) {
      // Some clients send an empty line behind a body: that begins no request.
      return Optional.empty();
    }
    SideReader.Line line = heard.line(at, FieldSection.MOST);
    StartLine start = StartLine.request(line, heard, flaws);
    if (start.read()) {
      startEnd(start, line, flaws);
      RequestRules.target(start, flaws);
    }
    MessageHead head = head(start, line, flaws);
    ParsedMessage draft;
    if (head.whole()) {
      RequestRules.host(start, head, flaws);
      draft = ParsedMessage.of(heard, head, BodyFraming.of(head, true, flaws), flaws);
    } else {
      draft = ParsedMessage.headless(heard, head, flaws);
    }
    end(draft);
    return Optional.of(new Http1Request(start, draft));
  }

  /**
   * Reads a response, if there is one more.
   *
   * @param method of the request that it answers; empty if that is not known
   * @param flaw what is wrong with it from the start; empty if nothing
   */
  Optional<Http1Response> response(String method, String flaw) {
    if (stopped || !hasMore()) {
      return Optional.empty();
    }
    FlawCollector flaws = begin();
    if (!flaw.isEmpty()) {
      flaws.malformed(at, flaw);
    }
    SideReader.Line line = heard.line(at, FieldSection.MOST);
    StartLine start = StartLine.response(line, heard, flaws);
    if (start.read()) {
      startEnd(start, line, flaws);
    }
    MessageHead head = head(start, line, flaws);
    ParsedMessage draft =
        head.whole()
            ? ParsedMessage.of(heard, head, framing(start.targetText(), method, head, flaws), flaws)
            : ParsedMessage.headless(heard, head, flaws);
    end(draft);
    return Optional.of(new Http1Response(start, draft));
  }

  private FlawCollector begin() {
    FlawCollector flaws = new FlawCollector(heard.side());
    if (closing) {
      flaws.malformed(at, "the message ahead of this one said that it is the last");
    }
    return flaws;
  }

  private void end(ParsedMessage draft) {
    at = draft.end();
    stopped = !draft.readOn();
    closing = draft.head().closes();
  }

  /** A server is to bear with them ahead of a request (RFC 9112, 2.2). */
  private void skipEmptyLines(FlawCollector flaws) {
    long first = at;
    while (heard.at(at) == '\n' || heard.at(at) == '\r' && isLineEnd(at + 1)) {
      at += heard.at(at) == '\n' ? 1 : Math.min(2, heard.count() - at);
    }
    if (at > first) {
      flaws.malformed(first, "empty lines stand ahead of the request line");
    }
  }

  /** Whether LF is there, or can still come. */
  private boolean isLineEnd(long place) {
    return heard.at(place) == '\n' || place == heard.count();
  }

  private static void startEnd(StartLine start, SideReader.Line line, FlawCollector flaws) {
    FieldSection.bare(line, flaws);
    String text = Ascii.text(line.bytes());
    for (int i = start.targetEnd(); i < text.length(); i++) {
      if (!Ascii.isText(text.charAt(i))) {
        flaws.malformed(
            line.at() + i, Ascii.name(text.charAt(i)) + " must not stand in the start line");
        return;
      }
    }
  }

  private MessageHead head(StartLine start, SideReader.Line line, FlawCollector flaws) {
    if (!start.read()) {
      return new MessageHead(start.line(), "", List.of(), line.next(), false);
    }
    FieldSection fields = FieldSection.headers(heard, line.next(), flaws);
    return new MessageHead(
        start.line(), start.version(), fields.list(), fields.end(), fields.isWhole());
  }

  private static BodyFraming framing(
      String status, String method, MessageHead head, FlawCollector flaws) {
    if (status.startsWith("1") || status.equals("204")) {
      BodyFraming.refuse(head, "a response " + status, flaws);
      return BodyFraming.NONE;
    }
    if (method.equals("CONNECT") && status.startsWith("2")) {
      BodyFraming.refuse(head, "a response " + status + " to CONNECT", flaws);
      return BodyFraming.NONE;
    }
    return method.equals("HEAD") || status.equals("304")
        ? BodyFraming.NONE
        : BodyFraming.of(head, false, flaws);
  }
}
