package dev.partyline.internal.secrets;

import dev.partyline.internal.secrets.ValueMask.Place;
import dev.partyline.internal.secrets.stream.TextScan;
import java.util.Locale;
import java.util.Set;

/**
 * The headers of cookies (RFC 6265), of which only the values are secret: a client must find names
 * and attributes to take a cookie, and to send it back in a replay.
 */
final class Cookies {
  private static final String SENT_BY_SERVER = "Set-Cookie";
  private static final String SENT_BY_CLIENT = "Cookie";

  /** What a server sends after a cookie; anything else there may be another one. */
  private static final Set<String> ATTRIBUTES =
      Set.of(
          "domain",
          "expires",
          "httponly",
          "max-age",
          "partitioned",
          "path",
          "priority",
          "samesite",
          "secure");

  private final TextScan scan;
  private final NamedSecrets names;
  private final ValueMask mask;

  Cookies(TextScan scan, NamedSecrets names, ValueMask mask) {
    this.scan = scan;
    this.names = names;
    this.mask = mask;
  }

  /** Returns whether a header has cookies; one that the user has named is a secret as a whole. */
  boolean isHeader(String name) {
    return (name.equalsIgnoreCase(SENT_BY_SERVER) || name.equalsIgnoreCase(SENT_BY_CLIENT))
        && !names.isAdded(name);
  }

  /** Masks the value of each cookie, and returns where to look on, or 0 if there is none. */
  int mask(String name, int start, int end) {
    boolean hasAttributes = name.equalsIgnoreCase(SENT_BY_SERVER);
    int next = 0;
    boolean isFirst = true;
    for (int offset = scan.skipWhitespace(start); offset < end; isFirst = false) {
      int nameEnd = Math.min(end, Math.min(scan.indexOf("=", offset), scan.indexOf(";", offset)));
      // One without a name is a value alone.
      int valueStart = scan.startsWith(nameEnd, "=") ? scan.skipBlanks(nameEnd + 1) : offset;
      int valueEnd = valueEnd(valueStart, end);
      int textEnd = scan.strippedEnd(valueEnd);
      boolean isAttribute = hasAttributes && !isFirst && isAttribute(offset, nameEnd);
      if (!isAttribute
          && textEnd > valueStart
          && mask.value(name, valueStart, textEnd, Place.QUOTED) > 0) {
        next = end;
      }
      offset = scan.skipWhitespace(valueEnd + 1);
    }
    return next;
  }

  private boolean isAttribute(int start, int end) {
    return ATTRIBUTES.contains(scan.text(start, end).strip().toLowerCase(Locale.ROOT));
  }

  /** Returns where a value ends: a semicolon in quotes belongs to it. */
  private int valueEnd(int start, int end) {
    int quoteEnd = scan.startsWith(start, "\"") ? scan.indexOf("\"", start + 1) : start;
    return Math.min(end, scan.indexOf(";", quoteEnd < end ? quoteEnd : start));
  }
}
