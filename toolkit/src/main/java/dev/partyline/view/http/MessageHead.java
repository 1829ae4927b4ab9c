package dev.partyline.view.http;

import dev.partyline.view.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A start line and the headers below it.
 *
 * @param startLine the start line without its line end
 * @param version such as {@code HTTP/1.1}; empty if it cannot be read
 * @param endOffset the offset after the empty line, or where the head is cut off
 * @param complete whether the empty line was sent
 */
record MessageHead(
    Span startLine, String version, List<Http1Header> headers, long endOffset, boolean complete) {

  List<Http1Header> headers(String name) {
    List<Http1Header> matches = List.of();
    for (Http1Header header : headers) {
      if (header.isNamed(name)) {
        matches = matches.isEmpty() ? new ArrayList<>() : matches;
        matches.add(header);
      }
    }
    return matches;
  }

  Optional<String> headerText(String name) {
    return headers(name).stream().map(Http1Header::text).findFirst();
  }

  boolean isHttp10() {
    return version.equals("HTTP/1.0");
  }

  /** Returns whether a header that is a list has this element, in any case. */
  boolean hasElement(String name, String element) {
    return headers(name).stream()
        .flatMap(header -> ListElement.of(header).stream())
        .anyMatch(each -> each.text().equalsIgnoreCase(element));
  }

  boolean closesConnection() {
    return hasElement("Connection", "close")
        || isHttp10() && !hasElement("Connection", "keep-alive");
  }

  boolean requestsUpgrade() {
    return hasElement("Connection", "upgrade") && !headers("Upgrade").isEmpty();
  }

  /**
   * Returns the codings of the content and then those of its transfer, but for chunks, in the order
   * in which they were applied, in lower case.
   */
  List<String> codings() {
    Stream<ListElement> all =
        Stream.of("Content-Encoding", "Transfer-Encoding")
            .flatMap(name -> headers(name).stream())
            .flatMap(header -> ListElement.of(header).stream());
    // Empty elements of a list do not count (RFC 9110, 5.6.1.2).
    return all.map(each -> each.text().toLowerCase(Locale.ROOT))
        .filter(each -> !each.isEmpty() && !each.equals("chunked"))
        .toList();
  }
}
