package dev.partyline.internal.secrets;

import dev.partyline.internal.secrets.ValueMask.Place;
import dev.partyline.internal.secrets.stream.TextScan;

/** What YAML has on the lines after a name: a value, or a list of values. */
final class NextLines {
  private final TextScan scan;
  private final QuotedText strings;
  private final ValueMask mask;

  NextLines(TextScan scan, QuotedText strings, ValueMask mask) {
    this.scan = scan;
    this.strings = strings;
    this.mask = mask;
  }

  /**
   * Masks what belongs to a name that nothing follows on its line, and returns where to look on.
   */
  int value(String name, int indentation, int offset) {
    int lineStart = scan.lineEnd(offset) + 1;
    int start = start(lineStart);
    if (start >= scan.length()) {
      return 0;
    }
    if (isItem(start)) {
      return start - lineStart < indentation ? 0 : items(name, lineStart);
    }
    int end = end(start);
    boolean isWord =
        start - lineStart > indentation && isValue(start, end) && !hasBlank(start, end);
    return isWord ? value(name, start, end, Place.FIELD) : 0;
  }

  private int items(String name, int firstLine) {
    int next = 0;
    int start = start(firstLine);
    while (isItem(start)) {
      int valueStart = scan.skipBlanks(start + 1);
      int end = end(valueStart);
      if (!isValue(valueStart, end)) {
        return next;
      }
      // A list of secrets has their names as often.
      next = Math.max(next, value(name, valueStart, end, Place.AMONG_WORDS));
      start = start(scan.lineEnd(valueStart) + 1);
    }
    return next;
  }

  private int value(String name, int start, int end, Place place) {
    String quote = strings.quoteAt(start);
    int textStart = start + quote.length();
    int textEnd = quote.isEmpty() ? end : Math.min(end, strings.end(textStart, quote));
    return mask.value(name, textStart, textEnd, place);
  }

  private int start(int lineStart) {
    return scan.skipBlanks(Math.min(lineStart, scan.length()));
  }

  private int end(int offset) {
    return Math.max(offset, scan.strippedEnd(scan.lineEnd(offset)));
  }

  private boolean isItem(int offset) {
    return scan.startsWith(offset, "- ");
  }

  /** Returns whether what a line has is neither a field itself nor what a list begins with. */
  private boolean isValue(int start, int end) {
    return end > start
        && "{[<-".indexOf(scan.charAt(start)) < 0
        && !scan.endsWith(end, ":")
        && !scan.text(start, end).contains(": ");
  }

  private boolean hasBlank(int start, int end) {
    return scan.text(start, end).indexOf(' ') >= 0;
  }
}
