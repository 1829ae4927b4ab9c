package dev.partyline.view.http;

import dev.partyline.internal.reading.FlawList;
import dev.partyline.internal.reading.FlawText;
import dev.partyline.view.http.Http1Body.Framing;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The codings of all headers Transfer-Encoding (RFC 9112, 6.1 and 7). */
final class TransferCodings {
  private static final String CHUNKED = "chunked";
  private static final Set<String> KNOWN =
      Set.of(CHUNKED, "gzip", "x-gzip", "deflate", "compress", "x-compress");

  private final List<ListElement> elements = new ArrayList<>();
  private final long endOffset;
  private final FlawList flaws;

  TransferCodings(List<Http1Header> headers, FlawList flaws) {
    headers.forEach(header -> elements.addAll(ListElement.of(header)));
    this.endOffset = headers.get(headers.size() - 1).line().endOffset();
    this.flaws = flaws;
  }

  BodyFraming framing(boolean isRequest) {
    int chunkedCount = 0;
    for (ListElement each : elements) {
      String coding = each.text().toLowerCase(Locale.ROOT);
      chunkedCount += coding.equals(CHUNKED) ? 1 : 0;
      if (!KNOWN.contains(coding)) {
        flaws.addMalformed(
            each.offset(),
            "Transfer-Encoding (" + FlawText.quoted(each.bytes()) + ") is not a known coding");
      }
    }
    if (chunkedCount > 1) {
      flaws.addFatal(endOffset, "Transfer-Encoding has chunked more than once");
      return BodyFraming.UNKNOWN;
    }
    ListElement lastElement = elements.get(elements.size() - 1);
    if (lastElement.text().equalsIgnoreCase(CHUNKED)) {
      return new BodyFraming(Framing.CHUNKED, -1);
    }
    if (isRequest) {
      flaws.addFatal(lastElement.offset(), "Transfer-Encoding must end with chunked in a request");
      return BodyFraming.UNKNOWN;
    }
    if (chunkedCount > 0) {
      flaws.addMalformed(
          lastElement.offset(), "chunked must be the last coding of Transfer-Encoding");
    }
    return new BodyFraming(Framing.CLOSE, -1);
  }
}
