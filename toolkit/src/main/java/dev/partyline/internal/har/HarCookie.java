package dev.partyline.internal.har;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A cookie (RFC 6265).
 *
 * @param attributes the attributes of one that is set, with names in lower case; none of one that
 *     is sent back
 */
record HarCookie(String name, String value, List<HarField> attributes) {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss zzz", Locale.ENGLISH);

  /** A value of which nothing is shown, so its asterisks are no name. */
  private static final Pattern MASKED = Pattern.compile("[*\\s]+");

  /**
   * Returns the cookies of a request, in each of its headers Cookie that is not masked as a whole.
   */
  static List<HarCookie> sent(List<HarField> headers) {
    return values(headers, "Cookie").flatMap(HarCookie::sent).toList();
  }

  /** Returns the cookies of a response, one of each header Set-Cookie that is not masked. */
  static List<HarCookie> set(List<HarField> headers) {
    return values(headers, "Set-Cookie").map(HarCookie::set).toList();
  }

  private static Stream<String> values(List<HarField> headers, String name) {
    return HarField.all(headers, name).stream().filter(value -> !MASKED.matcher(value).matches());
  }

  private static Stream<HarCookie> sent(String header) {
    return Arrays.stream(header.split(";", -1))
        .filter(pair -> !pair.isBlank())
        .map(HarCookie::pair)
        .map(pair -> new HarCookie(pair.name(), pair.value(), List.of()));
  }

  private static HarCookie set(String header) {
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
