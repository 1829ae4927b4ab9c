package dev.partyline.internal.secrets;

import dev.partyline.internal.secrets.ValueMask.Place;
import dev.partyline.internal.secrets.stream.TextScan;

/** The values of {@code name: value} on a line, as headers and YAML have it. */
final class HeaderLines {
  private static final int MAX_TYPE = 64;
  private static final int MAX_TAGS = 3;
  private static final String VERB = "is";

  private final TextScan scan;
  private final QuotedText strings;
  private final NamedSecrets names;
  private final ValueMask mask;
  private final PairedLines pairedLines;
  private final NextLines nextLines;
  private final ListedSecrets listedSecrets;
  private final Cookies cookies;

  HeaderLines(TextScan scan, QuotedText strings, NamedSecrets names, ValueMask mask) {
    this.scan = scan;
    this.strings = strings;
    this.names = names;
    this.mask = mask;
    this.pairedLines = new PairedLines(scan, strings, names, mask);
    this.nextLines = new NextLines(scan, strings, mask);
    this.listedSecrets = new ListedSecrets(scan, names, mask);
    this.cookies = new Cookies(scan, names, mask);
  }

  /** Masks what belongs to the name before a colon, and returns where to look on. */
  int colon(int offset) {
    int nameEnd = scan.skipBlanksBackwards(offset);
    int start = scan.nameStart(nameEnd, NamedSecrets.MAX_NAME_LENGTH);
    String name = scan.text(start, nameEnd);
    if (PairedFields.isName(name) && scan.isAtLineStart(start)) {
      return pairedLines.name(start, offset + 1);
    }
    if (name.isEmpty()) {
      return 0;
    }
    int listed = listedSecrets.colon(name, start, offset + 1);
    if (listed > 0) {
      return listed;
    }
    if (!names.isHeader(name)) {
      return amongWords(start, nameEnd, offset + 1);
    }
    int valueStart = scan.skipBlanks(offset + 1);
    if (isAfterOpening(start)) {
      // An argument of GraphQL, or a field of JavaScript or YAML.
      String quote = strings.literalQuoteAt(valueStart);
      return quote.isEmpty() ? mask.word(name, valueStart) : mask.string(name, valueStart, quote);
    }
    if (!scan.isAtLineStart(start)) {
      return Math.max(typedString(name, valueStart), amongWords(start, nameEnd, offset + 1));
    }
    return line(name, start, valueStart);
  }

  /** Masks the value after a name in quotes that begins a line, as YAML may have it. */
  int quotedName(int offset, int quoteEnd, String quote) {
    int valueStart = scan.skipBlanks(offset + 1);
    char first = valueStart < scan.length() ? scan.charAt(valueStart) : ' ';
    if (quote.length() != 1 || "\"'{[".indexOf(first) >= 0) {
      return 0;
    }
    String name = strings.nameBefore(quoteEnd - quote.length(), quote);
    int start = quoteEnd - name.length() - 2 * quote.length();
    if (!names.isField(name) || !scan.isAtLineStart(start)) {
      return 0;
    }
    // What a comma follows is a variable of a program.
    boolean isVariable = scan.endsWith(scan.strippedEnd(scan.lineEnd(valueStart)), ",");
    return isVariable ? 0 : line(name, start, valueStart);
  }

  private int line(String name, int start, int valueStart) {
    int end = valueEnd(name, valueStart, scan.foldedLineEnd(valueStart, scan.indentation(start)));
    if (scan.strippedEnd(end) <= valueStart) {
      return nextLines.value(name, scan.indentation(start), valueStart);
    }
    return cookies.isHeader(name)
        ? cookies.mask(name, valueStart, end)
        : mask.value(name, valueStart, end, Place.FIELD);
  }

  /** Masks a word after a name that has other words before it, also those of its own. */
  private int amongWords(int start, int nameEnd, int offset) {
    if (!isAfterWord(start) || scan.startsWith(offset, ":")) {
      return 0;
    }
    int before = scan.skipBlanksBackwards(start);
    String word = scan.text(start, nameEnd);
    String wordBefore = scan.text(scan.nameStart(before, NamedSecrets.MAX_NAME_LENGTH), before);
    String name =
        word.equals(VERB) ? wordBefore : names.isTelling(word) ? word : wordBefore + " " + word;
    return names.isTelling(name) ? mask.word(name, afterTags(scan.skipBlanks(offset))) : 0;
  }

  /** Goes over the tags of a page between a label and what belongs to it. */
  private int afterTags(int offset) {
    int start = offset;
    for (int i = 0; i < MAX_TAGS && scan.startsWith(start, "<"); i++) {
      int end = start;
      while (end < scan.length() && end - start < MAX_TYPE && scan.charAt(end) != '>') {
        end++;
      }
      start = scan.startsWith(end, ">") ? scan.skipWhitespace(end + 1) : start;
    }
    return start;
  }

  private boolean isAfterWord(int offset) {
    return offset > 0 && " \t\"',;(>".indexOf(scan.charAt(offset - 1)) >= 0;
  }

  /** Masks a string that is assigned to a variable whose type is after its name. */
  private int typedString(String name, int typeStart) {
    if (scan.startsWith(typeStart, "<")) {
      return 0;
    }
    int end = typeStart;
    while (end < scan.length() && end - typeStart < MAX_TYPE && isInType(scan.charAt(end))) {
      end++;
    }
    int start = scan.skipBlanks(end + 1);
    String quote = scan.startsWith(end, "=") ? strings.literalQuoteAt(start) : "";
    return quote.isEmpty() ? 0 : mask.string(name, start, quote);
  }

  private static boolean isInType(char c) {
    return Character.isLetterOrDigit(c) || "&?_.|<> '".indexOf(c) >= 0;
  }

  /** Returns where a value ends; the session of RTSP has a parameter (RFC 7826, 18.49). */
  private int valueEnd(String name, int start, int endOffset) {
    return name.equals("Session")
        ? Math.min(endOffset, scan.indexOf(";timeout=", start))
        : endOffset;
  }

  /** Returns whether a list or a record begins or goes on before an offset. */
  private boolean isAfterOpening(int offset) {
    int end = scan.skipWhitespaceBackwards(offset);
    return end > 0 && "({,".indexOf(scan.charAt(end - 1)) >= 0;
  }
}
