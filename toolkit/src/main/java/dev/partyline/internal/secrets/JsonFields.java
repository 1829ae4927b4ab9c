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

  private static final String STRING_VALUE = "stringValue";

  private static final String OPTION = "--";

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
    String name = strings.nameBefore(nameEnd, quote);
    if (PairedFields.isName(name)) {
      return pairedName(offset + 1, quote, PairedFields.isPath(name));
    }
    if (PairedFields.isType(name)) {
      return pairedType(offset + 1, quote);
    }
    String nameOfPair = PairedFields.isValue(name) ? pairs.value(offset + 1) : "";
    if (!nameOfPair.isEmpty()) {
      return value(nameOfPair, wrappedStart(offset + 1, quote), quote);
    }
    return names.isField(name) ? value(name, offset + 1, quote) : 0;
  }

  /** Returns where the string begins that a value is or has, as one of OpenTelemetry. */
  private int wrappedStart(int offset, String quote) {
    int start = scan.skipAfter(scan.skipAfter(offset, "{"), quote + STRING_VALUE + quote);
    return scan.endsWith(start, STRING_VALUE + quote) ? scan.skipAfter(start, ":") : offset;
  }

  /**
   * Masks the string after a name in a list: of two, as a call or a pair has them, or of arguments
   * of a command.
   */
  int comma(int offset) {
    String quote = strings.quoteBefore(offset);
    int nameEnd = offset - quote.length();
    int valueStart = scan.skipWhitespace(offset + 1);
    if (quote.isEmpty() || !scan.startsWith(valueStart, quote)) {
      return 0;
    }
    String name = strings.nameBefore(nameEnd, quote);
    int start = valueStart + quote.length();
    boolean isOption = name.startsWith(OPTION) && !scan.startsWith(start, "-");
    boolean mayBeName = isOption || isFirst(nameEnd - name.length(), quote);
    if (!mayBeName || !names.isField(name)) {
      return 0;
    }
    Place place = isOption ? Place.QUOTED : Place.AMONG_WORDS;
    return mask.value(name, start, strings.end(start, quote), place);
  }

  private boolean isFirst(int nameStart, String quote) {
    int before = scan.skipWhitespaceBackwards(nameStart - quote.length());
    return scan.endsWith(before, "[") || scan.endsWith(before, "(");
  }

  /** Takes a type as the name of a pair, unless it may also be one of the parts of a text. */
  private int pairedType(int offset, String quote) {
    int start = scan.skipAfter(offset, quote);
    boolean isString = scan.endsWith(start, quote);
    boolean isTelling = isString && names.isTelling(scan.text(start, strings.end(start, quote)));
    return isTelling ? pairedName(offset, quote, false) : 0;
  }

  /** Remembers the name of a pair, or masks its value if that was before it. */
  private int pairedName(int offset, String quote, boolean isPath) {
    int start = scan.skipAfter(offset, quote);
    int end = scan.endsWith(start, quote) ? strings.end(start, quote) : start;
    String name = scan.text(start, end);
    if (names.isField(name)) {
      int valueStart = pairs.name(name, offset, end + quote.length());
      // The path of a cookie is after its value.
      if (valueStart >= 0 && !isPath) {
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
    String name = scan.text(start, nameEnd);
    if (!names.isField(name)) {
      return 0;
    }
    if (scan.endsWith(start, ":")) {
      return value(name, offset + 2, "\"");
    }
    int valueStart = scan.skipBlanks(offset + 2);
    String valueQuote = strings.quoteAt(valueStart);
    if (!valueQuote.isEmpty()) {
      // A function of JavaScript has an arrow too, but seldom a string that it returns.
      Place place = scan.isAtLineStart(start) ? Place.QUOTED : Place.AMONG_WORDS;
      int textStart = valueStart + valueQuote.length();
      return mask.value(name, textStart, strings.end(textStart, valueQuote), place);
    }
    return name.startsWith("[") ? printedValue(name, valueStart, scan.isAtLineStart(start)) : 0;
  }

  /** Masks a value as PHP prints it in an array, which may be one itself. */
  private int printedValue(String name, int start, boolean isLine) {
    if (scan.startsWith(start, "Array")) {
      return 0;
    }
    return isLine
        ? mask.value(name, start, scan.strippedEnd(scan.lineEnd(start)), Place.FIELD)
        : mask.word(name, start);
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
    String name = strings.nameBefore(nameEnd, quote);
    int length = offset + 1 + SERIALIZED.length();
    int lengthEnd = length;
    while (lengthEnd < scan.length() && Character.isDigit(scan.charAt(lengthEnd))) {
      lengthEnd++;
    }
    boolean isString = lengthEnd > length && scan.startsWith(lengthEnd, ":" + quote);
    return isString && names.isField(name) ? mask.string(name, lengthEnd + 1, quote) : 0;
  }

  /** Masks a string, a number, or what an array has of these. */
  private int value(String name, int offset, String quote) {
    int start = scan.skipWhitespace(offset);
    String valueQuote = strings.quoteAt(start, quote);
    if (!valueQuote.isEmpty()) {
      // A sentence that is translated has blanks too.
      Place place = name.indexOf(' ') < 0 ? Place.QUOTED : Place.AMONG_WORDS;
      int textStart = start + valueQuote.length();
      return names.isToken(name) && isPartOfText(start, valueQuote)
          ? 0
          : mask.value(name, textStart, strings.end(textStart, valueQuote), place);
    }
    return scan.startsWith(start, "[") ? array(name, start, quote) : mask.number(name, start);
  }

  /**
   * Masks the strings and numbers of an array that begins at an offset, and returns where to look
   * on.
   */
  int array(String name, int offset, String quote) {
    int next = offset;
    while (isInArray(next) || scan.startsWith(next, quote)) {
      if (scan.startsWith(next, quote)) {
        next = stringInArray(name, next, quote);
      } else {
        next = next > offset && isElement(next) ? mask.numberInList(name, next) : next + 1;
      }
    }
    return next;
  }

  /** Returns whether a number begins at an offset, rather than goes on there or in a word. */
  private boolean isElement(int offset) {
    return Character.isDigit(scan.charAt(offset))
        && !Character.isLetterOrDigit(scan.charAt(offset - 1));
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
