package dev.partyline.view;

import dev.partyline.view.Http1Body.End;
import dev.partyline.wire.Bytes;
import java.util.List;

/**
 * How a message tells where its body ends (RFC 9112, 6.3).
 *
 * @param length how long the body is; -1 if that is not what tells
 */
record BodyFraming(End end, long length) {
  static final BodyFraming NONE = new BodyFraming(End.NO_BODY, -1);
  static final BodyFraming UNKNOWN = new BodyFraming(End.UNKNOWN, -1);
  private static final BodyFraming CLOSE = new BodyFraming(End.CLOSE, -1);

  private static final String LENGTH = "Content-Length";
  private static final String CODING = "Transfer-Encoding";
  private static final int QUOTED = 40;

  /** Tells it from the headers of a message that can have a body. */
  static BodyFraming of(MessageHead head, boolean request, FlawCollector flaws) {
    List<Http1Header> codings = head.named(CODING);
    List<Http1Header> lengths = head.named(LENGTH);
    if (request && (spaced(codings, flaws) || spaced(lengths, flaws))) {
      return UNKNOWN;
    }
    if (codings.isEmpty()) {
      return lengths.isEmpty() ? request ? NONE : CLOSE : length(lengths, flaws);
    }
    if (!lengths.isEmpty()) {
      flaws.malformed(
          lengths.get(0).at(), LENGTH + " must not come with " + CODING + ", which is what counts");
    }
    if (head.isOld()) {
      flaws.fatal(codings.get(0).at(), CODING + " is unknown to HTTP/1.0");
      return UNKNOWN;
    }
    return new TransferCodings(codings, flaws).framing(request);
  }

  /** Says that a message that never has a body announces one. */
  static void refuse(MessageHead head, String why, FlawCollector flaws) {
    for (String name : List.of(CODING, LENGTH)) {
      for (Http1Header header : head.named(name)) {
        flaws.malformed(header.at(), name + " must not stand in " + why);
      }
    }
  }

  /** A server must refuse such a request, for others have read another header or none in it. */
  private static boolean spaced(List<Http1Header> headers, FlawCollector flaws) {
    for (Http1Header header : headers) {
      String line = Ascii.text(header.line().bytes());
      if (Ascii.tokenEnd(line, 0) < header.colon()) {
        flaws.fatal(header.at(), header.name().text() + " is not followed by its colon at once");
        return true;
      }
    }
    return false;
  }

  private static BodyFraming length(List<Http1Header> headers, FlawCollector flaws) {
    long length = -1;
    for (Http1Header header : headers) {
      List<ListElement> elements = ListElement.of(header);
      for (ListElement each : elements) {
        long other = number(each, flaws);
        if (other < 0) {
          return UNKNOWN;
        }
        if (length >= 0 && other != length) {
          flaws.fatal(
              each.at(), LENGTH + " (" + other + ") must not differ from the other, " + length);
          return UNKNOWN;
        }
        if (length >= 0) {
          flaws.malformed(each.at(), LENGTH + " (" + length + ") is said more than once");
        }
        length = other;
      }
    }
    return new BodyFraming(End.LENGTH, length);
  }

  private static long number(ListElement element, FlawCollector flaws) {
    String text = element.text();
    if (text.isEmpty() || !text.chars().allMatch(Ascii::isDigit)) {
      flaws.fatal(
          element.at(), LENGTH + " (" + quoted(text) + ") must be digits, and nothing else");
      return -1;
    }
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      flaws.fatal(element.at(), LENGTH + " (" + quoted(text) + ") is more than 2^63 - 1");
      return -1;
    }
  }

  /** Cuts what decides about the framing, which is never a secret, so that it can be shown. */
  static String quoted(String text) {
    String cut = text.length() > QUOTED ? text.substring(0, QUOTED) + "…" : text;
    return Bytes.utf8(cut).escaped();
  }
}
