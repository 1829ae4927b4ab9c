package dev.partyline.view.http;

import dev.partyline.internal.reading.Ascii;
import dev.partyline.internal.reading.FlawList;
import dev.partyline.internal.reading.FlawText;
import dev.partyline.view.http.Http1Body.Framing;
import java.util.List;

/**
 * How the end of a body is determined (RFC 9112, 6.3).
 *
 * @param length the length of the body; -1 if its end is not determined by a length
 */
record BodyFraming(Framing kind, long length) {
  static final BodyFraming NONE = new BodyFraming(Framing.NO_BODY, -1);
  static final BodyFraming UNKNOWN = new BodyFraming(Framing.UNKNOWN, -1);
  private static final BodyFraming CLOSE = new BodyFraming(Framing.CLOSE, -1);

  private static final String CONTENT_LENGTH = "Content-Length";
  private static final String TRANSFER_ENCODING = "Transfer-Encoding";

  /** Returns the framing by the headers of a message that can have a body. */
  static BodyFraming of(MessageHead head, boolean isRequest, FlawList flaws) {
    List<Http1Header> codingHeaders = head.headers(TRANSFER_ENCODING);
    List<Http1Header> lengthHeaders = head.headers(CONTENT_LENGTH);
    if (isRequest
        && (reportSpaceBeforeColon(codingHeaders, flaws)
            || reportSpaceBeforeColon(lengthHeaders, flaws))) {
      return UNKNOWN;
    }
    if (codingHeaders.isEmpty()) {
      return lengthHeaders.isEmpty()
          ? isRequest ? NONE : CLOSE
          : ofContentLength(lengthHeaders, flaws);
    }
    if (!lengthHeaders.isEmpty()) {
      flaws.addMalformed(
          lengthHeaders.get(0).offset(),
          CONTENT_LENGTH + " must not come with " + TRANSFER_ENCODING + ", which is what counts");
    }
    if (head.isHttp10()) {
      flaws.addFatal(codingHeaders.get(0).offset(), TRANSFER_ENCODING + " is unknown to HTTP/1.0");
      return UNKNOWN;
    }
    return new TransferCodings(codingHeaders, flaws).framing(isRequest);
  }

  /** Adds flaws if a message that never has a body announces one. */
  static void reportBodyHeaders(MessageHead head, String subject, FlawList flaws) {
    for (String name : List.of(TRANSFER_ENCODING, CONTENT_LENGTH)) {
      for (Http1Header header : head.headers(name)) {
        flaws.addMalformed(header.offset(), name + " must not stand in " + subject);
      }
    }
  }

  /** A server must refuse such a request, because others may read a different header, or none. */
  private static boolean reportSpaceBeforeColon(List<Http1Header> headers, FlawList flaws) {
    for (Http1Header header : headers) {
      String line = Ascii.text(header.line().bytes());
      if (Ascii.tokenEnd(line, 0) < header.colon()) {
        flaws.addFatal(
            header.offset(), header.name().text() + " is not followed by its colon at once");
        return true;
      }
    }
    return false;
  }

  private static BodyFraming ofContentLength(List<Http1Header> headers, FlawList flaws) {
    long length = -1;
    for (Http1Header header : headers) {
      List<ListElement> elements = ListElement.of(header);
      for (ListElement each : elements) {
        long other = parseLength(each, flaws);
        if (other < 0) {
          return UNKNOWN;
        }
        if (length >= 0 && other != length) {
          flaws.addFatal(
              each.offset(),
              CONTENT_LENGTH + " (" + other + ") must not differ from the other, " + length);
          return UNKNOWN;
        }
        if (length >= 0) {
          flaws.addMalformed(
              each.offset(), CONTENT_LENGTH + " (" + length + ") is given more than once");
        }
        length = other;
      }
    }
    return new BodyFraming(Framing.LENGTH, length);
  }

  private static long parseLength(ListElement element, FlawList flaws) {
    String text = element.text();
    if (text.isEmpty() || !text.chars().allMatch(Ascii::isDigit)) {
      flaws.addFatal(
          element.offset(),
          CONTENT_LENGTH
              + " ("
              + FlawText.quoted(element.bytes())
              + ") must be digits, and nothing else");
      return -1;
    }
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      flaws.addFatal(
          element.offset(),
          CONTENT_LENGTH + " (" + FlawText.quoted(element.bytes()) + ") is more than 2^63 - 1");
      return -1;
    }
  }
}
