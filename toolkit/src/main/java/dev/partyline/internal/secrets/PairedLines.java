package dev.partyline.internal.secrets;

import dev.partyline.internal.secrets.ValueMask.Place;
import dev.partyline.internal.secrets.stream.TextScan;

/** The lines {@code name: password} and {@code value: …} of an item of YAML, in either order. */
final class PairedLines {
  private static final String VALUE = "value:";

  private final TextScan scan;
  private final QuotedText strings;
  private final NamedSecrets names;
  private final ValueMask mask;

  PairedLines(TextScan scan, QuotedText strings, NamedSecrets names, ValueMask mask) {
    this.scan = scan;
    this.strings = strings;
    this.names = names;
    this.mask = mask;
  }

  /** Masks the value that belongs to the name of a line, and returns where to look on. */
  int name(int lineName, int offset) {
    int lineEnd = scan.lineEnd(offset);
    int start = scan.skipBlanks(offset);
    int end = scan.strippedEnd(lineEnd);
    if (end - start > NamedSecrets.MAX_NAME_LENGTH || end <= start) {
      return 0;
    }
    boolean isQuoted = !strings.quoteAt(start).isEmpty() && end - start > 1;
    String name = isQuoted ? scan.text(start + 1, end - 1) : scan.text(start, end);
    if (!names.isField(name)) {
      return 0;
    }
    int next = scan.skipBlanks(Math.min(lineEnd + 1, scan.length()));
    if (scan.startsWithIgnoringCase(next, VALUE)) {
      return value(name, next, scan.indentation(next));
    }
    int before = scan.endsWith(scan.skipBlanksBackwards(lineName), "-") ? -1 : lineBefore(lineName);
    if (before >= 0 && scan.startsWithIgnoringCase(before, VALUE)) {
      // The line of the name is indented as the value is, but for the hyphen before that.
      value(name, before, scan.indentation(lineName));
    }
    return 0;
  }

  private int value(String name, int lineStart, int indentation) {
    int start = scan.skipBlanks(lineStart + VALUE.length());
    String quote = strings.quoteAt(start);
    return quote.isEmpty()
        ? mask.value(name, start, scan.foldedLineEnd(start, indentation), Place.FIELD)
        : mask.string(name, start, quote);
  }

  /** Returns where the text of the line before that of an offset begins, or -1. */
  private int lineBefore(int offset) {
    int end = scan.skipBlanksBackwards(offset) - 1;
    int start = Math.max(end, 0);
    while (start > 0
        && end - start < ValueMask.MAX_ORDINARY_LENGTH
        && scan.charAt(start - 1) != '\n') {
      start--;
    }
    int text = scan.skipBlanks(start);
    return end < 0 ? -1 : scan.skipBlanks(scan.startsWith(text, "-") ? text + 1 : text);
  }
}
