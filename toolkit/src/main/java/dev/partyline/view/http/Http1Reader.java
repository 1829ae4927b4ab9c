package dev.partyline.view.http;

import dev.partyline.internal.reading.Ascii;
import dev.partyline.internal.reading.FlawList;
import dev.partyline.internal.reading.SideReader;
import java.util.List;
import java.util.Optional;

/** Reads the messages of one side, as long as it is known where the next one begins. */
final class Http1Reader {
  private final SideReader input;
  private long offset;
  private boolean stopped;

  /** Whether the last message announced that it is the last. */
  private boolean closeAnnounced;

  Http1Reader(SideReader input) {
    this.input = input;
  }

  /** Returns the offset of the next message, or where reading stopped. */
  long offset() {
    return offset;
  }

  boolean hasMore() {
    return offset < input.byteCount();
  }

  /** Returns whether reading stopped. */
  boolean isStopped() {
    return stopped;
  }

  void stop() {
    stopped = true;
  }

  /** Reads the next request, if there is one. */
  Optional<Http1Request> readRequest() {
    if (stopped || !hasMore()) {
      return Optional.empty();
    }
    FlawList flaws = newFlaws();
    skipEmptyLines(flaws);
    if (!hasMore()) {
      // Some clients send an empty line after a body, which does not begin a request.
      return Optional.empty();
    }
    SideReader.RawLine line = input.line(offset, FieldSection.MAX_SECTION_BYTES);
    StartLine startLine = StartLine.request(line, input, flaws);
    if (startLine.readable()) {
      checkStartLineEnd(startLine, line, flaws);
      RequestRules.checkTarget(startLine, flaws);
    }
    MessageHead head = readHead(startLine, line, flaws);
    ParsedMessage message;
    if (head.complete()) {
      RequestRules.checkHost(startLine, head, flaws);
      message = ParsedMessage.of(input, head, BodyFraming.of(head, true, flaws), flaws);
    } else {
      message = ParsedMessage.headless(input, head, flaws);
    }
    endMessage(message);
    return Optional.of(new Http1Request(startLine, message));
  }

  /**
   * Reads the next response, if there is one.
   *
   * @param method that of the request that it answers; empty if unknown
   * @param flaw a flaw that it has from the start; empty if none
   */
  Optional<Http1Response> readResponse(String method, String flaw) {
    if (stopped || !hasMore()) {
      return Optional.empty();
    }
    FlawList flaws = newFlaws();
    if (!flaw.isEmpty()) {
      flaws.addMalformed(offset, flaw);
    }
    SideReader.RawLine line = input.line(offset, FieldSection.MAX_SECTION_BYTES);
    StartLine startLine = StartLine.response(line, input, flaws);
    if (startLine.readable()) {
      checkStartLineEnd(startLine, line, flaws);
    }
    MessageHead head = readHead(startLine, line, flaws);
    ParsedMessage message =
        head.complete()
            ? ParsedMessage.of(
                input, head, responseFraming(startLine.targetText(), method, head, flaws), flaws)
            : ParsedMessage.headless(input, head, flaws);
    endMessage(message);
    return Optional.of(new Http1Response(startLine, message));
  }

  private FlawList newFlaws() {
    FlawList flaws = new FlawList(input.side());
    if (closeAnnounced) {
      flaws.addMalformed(offset, "the message before this one announced that it is the last");
    }
    return flaws;
  }

  private void endMessage(ParsedMessage message) {
    offset = message.endOffset();
    stopped = !message.canReadNext();
    closeAnnounced = message.head().closesConnection();
  }

  /** A server should ignore empty lines before a request (RFC 9112, 2.2). */
  private void skipEmptyLines(FlawList flaws) {
    long firstOffset = offset;
    while (input.byteAt(offset) == '\n' || input.byteAt(offset) == '\r' && isLineEnd(offset + 1)) {
      offset += input.byteAt(offset) == '\n' ? 1 : Math.min(2, input.byteCount() - offset);
    }
    if (offset > firstOffset) {
      flaws.addMalformed(firstOffset, "empty lines stand before the request line");
    }
  }

  /** Returns whether there is an LF, or may still be sent. */
  private boolean isLineEnd(long lineEndOffset) {
    return input.byteAt(lineEndOffset) == '\n' || lineEndOffset == input.byteCount();
  }

  private static void checkStartLineEnd(
      StartLine startLine, SideReader.RawLine line, FlawList flaws) {
    FieldSection.checkLineEnd(line, flaws);
    String text = Ascii.text(line.bytes());
    for (int i = startLine.targetEnd(); i < text.length(); i++) {
      if (!Ascii.isText(text.charAt(i))) {
        flaws.addMalformed(
            line.offset() + i, Ascii.name(text.charAt(i)) + " must not stand in the start line");
        return;
      }
    }
  }

  private MessageHead readHead(StartLine startLine, SideReader.RawLine line, FlawList flaws) {
    if (!startLine.readable()) {
      return new MessageHead(startLine.line(), "", List.of(), line.nextOffset(), false);
    }
    FieldSection fields = FieldSection.readHeaders(input, line.nextOffset(), flaws);
    return new MessageHead(
        startLine.line(),
        startLine.version(),
        fields.list(),
        fields.endOffset(),
        fields.isComplete());
  }

  private static BodyFraming responseFraming(
      String status, String method, MessageHead head, FlawList flaws) {
    if (status.startsWith("1") || status.equals("204")) {
      BodyFraming.reportBodyHeaders(head, "a response " + status, flaws);
      return BodyFraming.NONE;
    }
    if (method.equals("CONNECT") && status.startsWith("2")) {
      BodyFraming.reportBodyHeaders(head, "a response " + status + " to CONNECT", flaws);
      return BodyFraming.NONE;
    }
    return method.equals("HEAD") || status.equals("304")
        ? BodyFraming.NONE
        : BodyFraming.of(head, false, flaws);
  }
}
