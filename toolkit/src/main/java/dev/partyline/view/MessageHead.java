package dev.partyline.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A start line and the headers below it.
 *
 * @param start the start line without its line end
 * @param version such as {@code HTTP/1.1}; empty if it cannot be read
 * @param end the offset behind the empty line, or where it breaks off
 * @param whole whether the empty line came
 */
record MessageHead(Span start, String version, List<Http1Header> headers, long end, boolean whole) {

  List<Http1Header> named(String name) {
    List<Http1Header> named = List.of();
    for (Http1Header header : headers) {
      if (header.isNamed(name)) {
        named = named.isEmpty() ? new ArrayList<>() : named;
        named.add(header);
      }
    }
    return named;
  }

  Optional<String> text(String name) {
    return named(name).stream().map(Http1Header::text).findFirst();
  }

  boolean isOld() {
    return version.equals("HTTP/1.0");
  }

  /** Returns whether a header that is a list has this element, in whatever case. */
  boolean says(String name, String element) {
    return named(name).stream()
        .flatMap(header -> ListElement.of(header).stream())
        .anyMatch(each -> each.text().equalsIgnoreCase(element));
  }

  boolean closes() {
    return says("Connection", "close") || isOld() && !says("Connection", "keep-alive");
  }

  boolean upgrades() {
    return says("Connection", "upgrade") && !named("Upgrade").isEmpty();
  }

  /** Returns the content codings in the order in which they were applied, in small letters. */
  List<String> codings() {
    Stream<ListElement> all =
        named("Content-Encoding").stream().flatMap(header -> ListElement.of(header).stream());
    // Empty elements of a list do not count (RFC 9110, 5.6.1.2).
    return all.map(each -> each.text().toLowerCase(Locale.ROOT))
        .filter(each -> !each.isEmpty())
        .toList();
  }
}
