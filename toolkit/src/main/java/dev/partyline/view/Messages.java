package dev.partyline.view;

import java.util.List;
import java.util.Optional;

/** Reads the messages of one side, one after the other, as long as their beginnings are known. */
final class Messages {
  private final Heard heard;
  private long at;
  private boolean stopped;

  /** Whether the last message says that it is the last. */
  private boolean closing;

  Messages(Heard heard) {
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
    Flaws flaws = begin();
    skipEmptyLines(flaws);
    if (!hasMore()) {
      // Some clients send an empty line behind a body: that begins no request.
      return Optional.empty();
    }
    Heard.Line line = heard.line(at, Fields.MOST);
    StartLine start = StartLine.request(line, heard, flaws);
    if (start.read()) {
      startEnd(start, line, flaws);
      RequestRules.target(start, flaws);
    }
    Head head = head(start, line, flaws);
    Draft draft;
    if (head.whole()) {
      RequestRules.host(start, head, flaws);
      draft = Draft.of(heard, head, Framing.of(head, true, flaws), flaws);
    } else {
      draft = Draft.headless(heard, head, flaws);
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
    Flaws flaws = begin();
    if (!flaw.isEmpty()) {
      flaws.malformed(at, flaw);
    }
    Heard.Line line = heard.line(at, Fields.MOST);
    StartLine start = StartLine.response(line, heard, flaws);
    if (start.read()) {
      startEnd(start, line, flaws);
    }
    Head head = head(start, line, flaws);
    Draft draft =
        head.whole()
            ? Draft.of(heard, head, framing(start.targetText(), method, head, flaws), flaws)
            : Draft.headless(heard, head, flaws);
    end(draft);
    return Optional.of(new Http1Response(start, draft));
  }

  private Flaws begin() {
    Flaws flaws = new Flaws(heard.side());
    if (closing) {
      flaws.malformed(at, "the message ahead of this one said that it is the last");
    }
    return flaws;
  }

  private void end(Draft draft) {
    at = draft.end();
    stopped = !draft.readOn();
    closing = draft.head().closes();
  }

  /** A server is to bear with them ahead of a request (RFC 9112, 2.2). */
  private void skipEmptyLines(Flaws flaws) {
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

  private static void startEnd(StartLine start, Heard.Line line, Flaws flaws) {
    Fields.bare(line, flaws);
    String text = Ascii.text(line.bytes());
    for (int i = start.targetEnd(); i < text.length(); i++) {
      if (!Ascii.isText(text.charAt(i))) {
        flaws.malformed(
            line.at() + i, Ascii.name(text.charAt(i)) + " must not stand in the start line");
        return;
      }
    }
  }

  private Head head(StartLine start, Heard.Line line, Flaws flaws) {
    if (!start.read()) {
      return new Head(start.line(), "", List.of(), line.next(), false);
    }
    Fields fields = Fields.headers(heard, line.next(), flaws);
    return new Head(start.line(), start.version(), fields.list(), fields.end(), fields.isWhole());
  }

  private static Framing framing(String status, String method, Head head, Flaws flaws) {
    if (status.startsWith("1") || status.equals("204")) {
      Framing.refuse(head, "a response " + status, flaws);
      return Framing.NONE;
    }
    if (method.equals("CONNECT") && status.startsWith("2")) {
      Framing.refuse(head, "a response " + status + " to CONNECT", flaws);
      return Framing.NONE;
    }
    return method.equals("HEAD") || status.equals("304")
        ? Framing.NONE
        : Framing.of(head, false, flaws);
  }
}
