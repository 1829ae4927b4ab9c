package dev.partyline.internal.har;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A cookie (RFC 6265).
 *
 * @param attributes the attributes of one that is set, with names in lower case; none of one that
 *     is sent back
 */
record HarCookie(String name, String value, List<HarField> attributes) {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss zzz", Locale.ENGLISH);

  /** Returns the cookies in a header Cookie. */
  static List<HarCookie> sent(String header) {
    List<HarCookie> cookies = new ArrayList<>();
    for (String pair : header.split(";", -1)) {
      if (!pair.isBlank()) {
        HarField field = pair(pair);
        cookies.add(new HarCookie(field.name(), field.value(), List.of()));
      }
    }
    return cookies;
  }

  /** Returns the cookie of a header Set-Cookie. */
  static HarCookie set(String header) {
    List<HarField> parts = Arrays.stream(header.split(";", -1)).map(HarCookie::pair).toList();
    HarField first = parts.get(0);
    return new HarCookie(first.name(), first.value(), parts.subList(1, parts.size()));
  }

  private static HarField pair(String text) {
    int equals = text.indexOf('=');
    return equals < 0
        ? new HarField(text.strip(), "")
        : new HarField(text.substring(0, equals).strip(), text.substring(equals + 1).strip());
  }

  /** Returns the value of an attribute, if it is there. */
  Optional<String> attribute(String attribute) {
    return HarField.first(attributes, attribute);
  }

  /** Returns when it expires, if it has a date that can be read. */
  Optional<Instant> expires() {
    try {
      return attribute("Expires")
          .map(date -> ZonedDateTime.parse(date.replaceAll("(?<=\\w)-(?=\\w)", " "), DATE))
          .map(ZonedDateTime::toInstant);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
