package dev.partyline.internal.secrets;

import dev.partyline.internal.secrets.ValueMask.Place;
import dev.partyline.internal.secrets.stream.TextScan;
import java.util.List;

/**
 * The values of JSON, and of maps as Ruby and PHP have them, whose name, in quotes, says that they
 * are secret.
 */
final class JsonFields {
  /** What analyzers of texts and language models tell of a token after it. */
  private static final List<String> PLACES_IN_TEXT =
      List.of("start_offset\"", "position\"", "logprob\"", "token_str\"");

  /** What PHP writes before the length of a string. */
  private static final String SERIALIZED = "s:";

  private final TextScan scan;
  private final QuotedText strings;
  private final NamedSecrets names;
  private final ValueMask mask;
  private final PairedFields pairs;

  JsonFields(TextScan scan, QuotedText strings, NamedSecrets names, ValueMask mask) {
    this.scan = scan;
    this.strings = strings;
    this.names = names;
    this.mask = mask;
    this.pairs = new PairedFields(scan, strings);
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
    if (PairedFields.isName(name)) {
      return pairedName(offset + 1, quote);
    }
    String nameOfPair = PairedFields.isValue(name) ? pairs.value(offset + 1) : "";
    if (!nameOfPair.isEmpty()) {
      return value(nameOfPair, offset + 1, quote);
    }
    return names.isField(name) ? value(name, offset + 1, quote) : 0;
  }

  /** Remembers the name of a pair, or masks its value if that was before it. */
  private int pairedName(int offset, String quote) {
    int start = scan.skipAfter(offset, quote);
    int end = scan.endsWith(start, quote) ? strings.end(start, quote) : start;
    String name = scan.text(start, end);
    if (names.isField(name)) {
      int valueStart = pairs.name(name, offset, end + quote.length());
      if (valueStart >= 0) {
        value(name, valueStart, quote);
      }
    }
    return 0;
  }

  /** Masks what belongs to the name before {@code =>}, and returns where to look on. */
  int arrow(int offset) {
    int nameEnd = scan.skipWhitespaceBackwards(offset);
    String quote = strings.quoteBefore(nameEnd);
    if (!quote.isEmpty()) {
      return colon(offset + 1, nameEnd, quote);
    }
    int start = scan.nameStart(nameEnd, NamedSecrets.MAX_NAME_LENGTH);
    // A function of JavaScript has an arrow too, but no symbol before it.
    String name = scan.endsWith(start, ":") ? scan.text(start, nameEnd) : "";
    return names.isField(name) ? value(name, offset + 2, "\"") : 0;
  }

  /**
   * Masks a string that PHP writes with its length after the name and a semicolon, and returns
   * where to look on.
   */
  int semicolon(int offset) {
    String quote = strings.quoteBefore(offset);
    if (quote.isEmpty() || !scan.startsWith(offset + 1, SERIALIZED)) {
      return 0;
    }
    int nameEnd = offset - quote.length();
    int start = strings.nameStart(nameEnd, NamedSecrets.MAX_NAME_LENGTH);
    String name = scan.endsWith(start, quote) ? scan.text(start, nameEnd) : "";
    int length = offset + 1 + SERIALIZED.length();
    int lengthEnd = length;
    while (lengthEnd < scan.length() && Character.isDigit(scan.charAt(lengthEnd))) {
      lengthEnd++;
    }
    boolean isString = lengthEnd > length && scan.startsWith(lengthEnd, ":" + quote);
    return isString && names.isField(name) ? mask.string(name, lengthEnd + 1, quote) : 0;
  }

  /** Masks a string, a number, or the strings of an array. */
  private int value(String name, int offset, String quote) {
    int start = scan.skipWhitespace(offset);
    String valueQuote = strings.quoteAt(start, quote);
    if (!valueQuote.isEmpty()) {
      return names.isToken(name) && isPartOfText(start, valueQuote)
          ? 0
          : mask.string(name, start, valueQuote);
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
