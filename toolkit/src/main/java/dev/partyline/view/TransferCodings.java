package dev.partyline.view;

import dev.partyline.view.Http1Body.End;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What the headers Transfer-Encoding say together (RFC 9112, 6.1 and 7). */
final class TransferCodings {
  private static final String CHUNKED = "chunked";
  private static final Set<String> KNOWN =
      Set.of(CHUNKED, "gzip", "x-gzip", "deflate", "compress", "x-compress");

  private final List<ListElement> elements = new ArrayList<>();
  private final long end;
  private final FlawCollector flaws;

  TransferCodings(List<Http1Header> headers, FlawCollector flaws) {
    headers.forEach(header -> elements.addAll(ListElement.of(header)));
    this.end = headers.get(headers.size() - 1).line().end();
    this.flaws = flaws;
  }

  BodyFraming framing(boolean request) {
    int chunked = 0;
    for (ListElement each : elements) {
      String coding = each.text().toLowerCase(Locale.ROOT);
      chunked += coding.equals(CHUNKED) ? 1 : 0;
      if (!KNOWN.contains(coding)) {
        flaws.malformed(
            each.at(),
            "Transfer-Encoding ("
                + BodyFraming.quoted(each.text())
                + ") is no coding that is known");
      }
    }
    if (chunked > 1) {
      flaws.fatal(end, "Transfer-Encoding says chunked more than once");
      return BodyFraming.UNKNOWN;
    }
    ListElement last = elements.get(elements.size() - 1);
    if (last.text().equalsIgnoreCase(CHUNKED)) {
      return new BodyFraming(End.CHUNKED, -1);
    }
    if (request) {
      flaws.fatal(last.at(), "Transfer-Encoding must end with chunked in a request");
      return BodyFraming.UNKNOWN;
    }
    if (chunked > 0) {
      flaws.malformed(last.at(), "chunked must be the last coding of Transfer-Encoding");
    }
    return new BodyFraming(End.CLOSE, -1);
  }
}
