package dev.partyline.internal.secrets;

import dev.partyline.internal.secrets.ValueMask.Place;
import dev.partyline.internal.secrets.stream.TextScan;

/** The values of {@code name: value} on a line, as headers and YAML have it. */
final class HeaderLines {
  private final TextScan scan;
  private final QuotedText strings;
  private final NamedSecrets names;
  private final ValueMask mask;
  private final PairedLines pairedLines;

  HeaderLines(TextScan scan, QuotedText strings, NamedSecrets names, ValueMask mask) {
    this.scan = scan;
    this.strings = strings;
    this.names = names;
    this.mask = mask;
    this.pairedLines = new PairedLines(scan, strings, names, mask);
  }

  /** Masks what belongs to the name before a colon, and returns where to look on. */
  int colon(int offset) {
    int nameEnd = scan.skipBlanksBackwards(offset);
    int start = scan.nameStart(nameEnd, NamedSecrets.MAX_NAME_LENGTH);
    String name = scan.text(start, nameEnd);
    if (PairedFields.isName(name) && scan.isAtLineStart(start)) {
      return pairedLines.name(start, offset + 1);
    }
    if (name.isEmpty() || !names.isHeader(name)) {
      return 0;
    }
    int valueStart = scan.skipBlanks(offset + 1);
    String quote = strings.quoteAt(valueStart);
    if (!quote.isEmpty() && isAfterOpening(start)) {
      // An argument of GraphQL, or a field of JavaScript.
      return mask.string(name, valueStart, quote);
    }
    int valueEnd =
        valueEnd(name, valueStart, scan.foldedLineEnd(valueStart, scan.indentation(start)));
    return scan.isAtLineStart(start) ? mask.value(name, valueStart, valueEnd, Place.FIELD) : 0;
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
