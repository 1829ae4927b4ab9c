package dev.partyline.view;

import dev.partyline.wire.Gap;
import java.util.List;

/**
 * A message without what requests and responses have each of their own.
 *
 * @param ended whether it came up to its end, and that is known
 */
record ParsedMessage(
    SideReader heard,
    MessageHead head,
    Http1Body body,
    List<Http1Header> trailers,
    long end,
    boolean ended,
    FlawCollector flaws) {

  /** Returns whether what follows can be read. */
  boolean readOn() {
    return ended && body.framing() != Http1Body.End.CLOSE;
  }

  /** Makes one of a message whose head breaks off or cannot be read. */
  static ParsedMessage headless(SideReader heard, MessageHead head, FlawCollector flaws) {
    Http1Body none =
        new Http1Body(heard, BodyFraming.UNKNOWN, List.of(), head.end(), head.end(), 0);
    return new ParsedMessage(heard, head, none, List.of(), head.end(), false, flaws);
  }

  /** Makes one of a message whose head is read. */
  static ParsedMessage of(
      SideReader heard, MessageHead head, BodyFraming framing, FlawCollector flaws) {
    long at = head.end();
    return switch (framing.end()) {
      case NO_BODY -> with(heard, head, framing, at, true, flaws);
      case UNKNOWN -> with(heard, head, framing, at, false, flaws);
      case LENGTH -> counted(heard, head, framing, flaws);
      case CLOSE -> untilClose(heard, head, framing, flaws);
      case CHUNKED -> chunked(heard, head, framing, flaws);
    };
  }

  private static ParsedMessage counted(
      SideReader heard, MessageHead head, BodyFraming framing, FlawCollector flaws) {
    long come = Math.min(framing.length(), heard.count() - head.end());
    long end = head.end() + come;
    boolean whole = come == framing.length();
    if (!whole) {
      flaws.incomplete(
          end,
          framing.length()
              - come
              + " of the "
              + framing.length()
              + " bytes of the body are missing; "
              + heard.why(end));
    }
    return with(heard, head, framing, end, whole, flaws);
  }

  private static ParsedMessage untilClose(
      SideReader heard, MessageHead head, BodyFraming framing, FlawCollector flaws) {
    long end = heard.count();
    if (!heard.isFinished()) {
      flaws.incomplete(end, "the body goes on until the server ends by FIN; " + heard.why(end));
    }
    return with(heard, head, framing, end, heard.isFinished(), flaws);
  }

  private static ParsedMessage with(
      SideReader heard,
      MessageHead head,
      BodyFraming framing,
      long end,
      boolean ended,
      FlawCollector flaws) {
    gaps(heard, head.end(), end, flaws);
    Http1Body body =
        new Http1Body(heard, framing, head.codings(), head.end(), end, end - head.end());
    return new ParsedMessage(heard, head, body, List.of(), end, ended, flaws);
  }

  private static ParsedMessage chunked(
      SideReader heard, MessageHead head, BodyFraming framing, FlawCollector flaws) {
    ChunkedReader read = ChunkedReader.read(heard, head.end(), flaws, chunk -> {});
    gaps(heard, head.end(), read.end(), flaws);
    Http1Body body =
        new Http1Body(heard, framing, head.codings(), head.end(), read.end(), read.size());
    if (!read.isWhole()) {
      return new ParsedMessage(heard, head, body, List.of(), read.end(), false, flaws);
    }
    FieldSection trailers = FieldSection.trailers(heard, read.end(), flaws);
    return new ParsedMessage(
        heard, head, body, trailers.list(), trailers.end(), trailers.isWhole(), flaws);
  }

  /** Says what of a body was counted and not kept; where it stands is known all the same. */
  private static void gaps(SideReader heard, long from, long to, FlawCollector flaws) {
    for (Gap gap : heard.gapsWithin(from, to)) {
      flaws.incomplete(
          Math.max(from, gap.offset()),
          Math.min(to, gap.end())
              - Math.max(from, gap.offset())
              + " bytes of the body were not kept");
    }
  }
}
