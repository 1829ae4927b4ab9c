package dev.partyline.view.http;

import dev.partyline.internal.reading.FlawList;
import dev.partyline.internal.reading.SideReader;
import dev.partyline.wire.Gap;
import java.util.List;

/**
 * The common parts of a request or a response.
 *
 * @param ended whether it was sent up to its end, and the end is known
 */
record ParsedMessage(
    SideReader input,
    MessageHead head,
    Http1Body body,
    List<Http1Header> trailers,
    long endOffset,
    boolean ended,
    FlawList flaws) {

  /** Returns whether what follows can be read. */
  boolean canReadNext() {
    return ended && body.framing() != Http1Body.Framing.CLOSE;
  }

  /** Returns a message whose head is cut off or cannot be read. */
  static ParsedMessage headless(SideReader input, MessageHead head, FlawList flaws) {
    Http1Body emptyBody =
        new Http1Body(input, BodyFraming.UNKNOWN, List.of(), head.endOffset(), head.endOffset(), 0);
    return new ParsedMessage(input, head, emptyBody, List.of(), head.endOffset(), false, flaws);
  }

  /** Returns a message whose head was read. */
  static ParsedMessage of(SideReader input, MessageHead head, BodyFraming framing, FlawList flaws) {
    long offset = head.endOffset();
    return switch (framing.kind()) {
      case NO_BODY -> withBody(input, head, framing, offset, true, flaws);
      case UNKNOWN -> withBody(input, head, framing, offset, false, flaws);
      case LENGTH -> withLength(input, head, framing, flaws);
      case CLOSE -> untilClose(input, head, framing, flaws);
      case CHUNKED -> chunked(input, head, framing, flaws);
    };
  }

  private static ParsedMessage withLength(
      SideReader input, MessageHead head, BodyFraming framing, FlawList flaws) {
    long receivedBytes = Math.min(framing.length(), input.byteCount() - head.endOffset());
    long endOffset = head.endOffset() + receivedBytes;
    boolean ended = receivedBytes == framing.length();
    if (!ended) {
      flaws.addIncomplete(
          endOffset,
          framing.length()
              - receivedBytes
              + " of the "
              + framing.length()
              + " bytes of the body are missing; "
              + input.missingReason(endOffset));
    }
    return withBody(input, head, framing, endOffset, ended, flaws);
  }

  private static ParsedMessage untilClose(
      SideReader input, MessageHead head, BodyFraming framing, FlawList flaws) {
    long endOffset = input.byteCount();
    if (!input.isEndedByFin()) {
      flaws.addIncomplete(
          endOffset,
          "the body goes on until the server ends by FIN; " + input.missingReason(endOffset));
    }
    return withBody(input, head, framing, endOffset, input.isEndedByFin(), flaws);
  }

  private static ParsedMessage withBody(
      SideReader input,
      MessageHead head,
      BodyFraming framing,
      long endOffset,
      boolean ended,
      FlawList flaws) {
    reportGaps(input, head.endOffset(), endOffset, flaws);
    Http1Body body =
        new Http1Body(
            input,
            framing,
            head.codings(),
            head.endOffset(),
            endOffset,
            endOffset - head.endOffset());
    return new ParsedMessage(input, head, body, List.of(), endOffset, ended, flaws);
  }

  private static ParsedMessage chunked(
      SideReader input, MessageHead head, BodyFraming framing, FlawList flaws) {
    ChunkedReader chunks = ChunkedReader.read(input, head.endOffset(), flaws, chunk -> {});
    reportGaps(input, head.endOffset(), chunks.endOffset(), flaws);
    Http1Body body =
        new Http1Body(
            input, framing, head.codings(), head.endOffset(), chunks.endOffset(), chunks.size());
    if (!chunks.isComplete()) {
      return new ParsedMessage(input, head, body, List.of(), chunks.endOffset(), false, flaws);
    }
    FieldSection trailers = FieldSection.readTrailers(input, chunks.endOffset(), flaws);
    return new ParsedMessage(
        input, head, body, trailers.list(), trailers.endOffset(), trailers.isComplete(), flaws);
  }

  /** Adds a flaw for each part of a body that was not kept; its offsets are known nevertheless. */
  private static void reportGaps(SideReader input, long offset, long endOffset, FlawList flaws) {
    for (Gap gap : input.gapsWithin(offset, endOffset)) {
      flaws.addIncomplete(
          Math.max(offset, gap.offset()),
          Math.min(endOffset, gap.endOffset())
              - Math.max(offset, gap.offset())
              + " bytes of the body were not kept");
    }
  }
}
