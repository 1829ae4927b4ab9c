package dev.partyline.internal.secrets;

import dev.partyline.internal.secrets.stream.TextScan;

/**
 * The strings of a text in quotes, of JSON above all: also those in a string of JSON, whose quotes
 * are escaped, and those in a string in a string.
 */
final class QuotedText {
  private static final String[] QUOTES = {"\\\\\\\"", "\\\"", "\"", "'"};

  private final TextScan scan;

  QuotedText(TextScan scan) {
    this.scan = scan;
  }

  /** Returns the quote that ends at an offset, or an empty text. */
  String quoteBefore(int endOffset) {
    return endOffset > 0 && isQuote(scan.charAt(endOffset - 1)) ? longestBefore(endOffset) : "";
  }

  private String longestBefore(int endOffset) {
    for (String quote : QUOTES) {
      if (scan.endsWith(endOffset, quote)) {
        return quote;
      }
    }
    return "";
  }

  /** Returns the quote that begins at an offset, or an empty text. */
  String quoteAt(int offset) {
    for (String quote : QUOTES) {
      if (scan.startsWith(offset, quote)) {
        return quote;
      }
    }
    return "";
  }

  /** Returns the quote that begins at an offset, which may also be that of a template. */
  String literalQuoteAt(int offset) {
    return scan.startsWith(offset, "`") ? "`" : quoteAt(offset);
  }

  /** Returns the quote that begins at an offset and is escaped as another is, or an empty text. */
  String quoteAt(int offset, String other) {
    String quote = quoteAt(offset);
    return quote.length() == other.length() ? quote : "";
  }

  /** Returns the name that ends at a quote, or the end of a long one, or an empty text. */
  String nameBefore(int endOffset, String quote) {
    int start = endOffset;
    while (start > 0
        && endOffset - start < NamedSecrets.MAX_NAME_LENGTH
        && isInName(scan.charAt(start - 1))) {
      start--;
    }
    boolean isCut = endOffset - start == NamedSecrets.MAX_NAME_LENGTH;
    return isCut || scan.endsWith(start, quote) ? scan.text(start, endOffset) : "";
  }

  private static boolean isInName(char c) {
    return c >= ' ' && !isQuote(c);
  }

  private static boolean isQuote(char c) {
    return c == '"' || c == '\'';
  }

  /** Returns where a string ends: at its quote, or where no string can go on. */
  int end(int offset, String quote) {
    int end = offset;
    while (end < scan.length()) {
      char c = scan.charAt(end);
      if (c < ' ' || c == quote.charAt(0) && scan.startsWith(end, quote)) {
        return end;
      }
      end += c == '\\' ? escapedSize(end, quote) : 1;
    }
    return scan.length();
  }

  /** Returns the size of an escape, which is twice escaped in a string in a string. */
  private int escapedSize(int offset, String quote) {
    boolean isWithin = quote.length() == 2 && scan.startsWith(offset + 1, "\\");
    return isWithin ? scan.startsWith(offset + 2, "\\") ? 4 : 3 : quote.length() == 1 ? 2 : 1;
  }
}
