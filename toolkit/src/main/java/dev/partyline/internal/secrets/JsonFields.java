package dev.partyline.internal.secrets;

import dev.partyline.internal.secrets.ValueMask.Place;
import dev.partyline.internal.secrets.stream.TextScan;
import java.util.List;

/** The values of JSON whose name, in quotes, says that they are secret. */
final class JsonFields {
  /** What analyzers of texts and language models tell of a token after it. */
  private static final List<String> PLACES_IN_TEXT =
      List.of("start_offset\"", "position\"", "logprob\"", "token_str\"");

  private final TextScan scan;
  private final QuotedText strings;
  private final NamedSecrets names;
  private final ValueMask mask;

  JsonFields(TextScan scan, QuotedText strings, NamedSecrets names, ValueMask mask) {
    this.scan = scan;
    this.strings = strings;
    this.names = names;
    this.mask = mask;
  }

  /**
   * Masks what belongs to the name before a colon, and returns where to look on.
   *
   * @param quoteEnd where the quote after the name ends
   */
  int colon(int offset, int quoteEnd, String quote) {
    int nameEnd = quoteEnd - quote.length();
    int start = strings.nameStart(nameEnd, NamedSecrets.MAX_NAME_LENGTH);
    String name = scan.endsWith(start, quote) ? scan.text(start, nameEnd) : "";
    if (name.equals("name") || name.equals("key")) {
      return valueOfNamed(offset + 1, quote);
    }
    return names.isField(name) ? value(name, offset + 1, quote) : 0;
  }

  /** Masks what is after {@code "name": "password"}, as lists of fields and variables have it. */
  private int valueOfNamed(int offset, String quote) {
    int start = scan.skipAfter(offset, quote);
    int end = scan.endsWith(start, quote) ? strings.end(start, quote) : start;
    String name = scan.text(start, end);
    if (!names.isField(name)) {
      return 0;
    }
    String value = quote + "value" + quote;
    int next = scan.skipAfter(scan.skipAfter(end + quote.length(), ","), value);
    return scan.endsWith(next, value) ? value(name, scan.skipAfter(next, ":"), quote) : 0;
  }

  /** Masks a string, a number, or the strings of an array. */
  private int value(String name, int offset, String quote) {
    int start = scan.skipWhitespace(offset);
    if (scan.startsWith(start, quote)) {
      return names.isToken(name) && isPartOfText(start, quote)
          ? 0
          : mask.string(name, start, quote);
    }
    if (!scan.startsWith(start, "[")) {
      return mask.number(name, start);
    }
    int next = start;
    while (isInArray(next) || scan.startsWith(next, quote)) {
      next = scan.startsWith(next, quote) ? stringInArray(name, next, quote) : next + 1;
    }
    return next;
  }

  private int stringInArray(String name, int offset, String quote) {
    int start = offset + quote.length();
    int end = strings.end(start, quote);
    mask.value(name, start, end, Place.QUOTED);
    return end + quote.length();
  }

  /** Returns whether a string is a token of a text, after which its place in it is told. */
  private boolean isPartOfText(int offset, String quote) {
    int start = offset + quote.length();
    int end = strings.end(start, quote);
    int next = scan.skipWhitespace(scan.skipAfter(end + quote.length(), ","));
    return end - start <= ValueMask.MAX_ORDINARY_LENGTH
        && PLACES_IN_TEXT.stream().anyMatch(place -> scan.startsWith(next, quote + place));
  }

  /** Returns whether what is at an offset may be between the strings of an array. */
  private boolean isInArray(int offset) {
    char c = offset < scan.length() ? scan.charAt(offset) : '}';
    return c <= ' ' || "[,+-.".indexOf(c) >= 0 || Character.isLetterOrDigit(c);
  }
}
