package dev.partyline.internal.secrets;

import dev.partyline.internal.secrets.stream.TextScan;

/**
 * The tag of XML or HTML around an offset; the offsets that are asked for grow, so that a text is
 * gone over once, however long its tags are.
 */
final class Tags {
  private final TextScan scan;
  private int start = -1;
  private int end;

  Tags(TextScan scan) {
    this.scan = scan;
  }

  /** Returns whether an offset is in a tag, which is then the one that the others tell of. */
  boolean isAround(int offset) {
    while (end < offset && end < scan.length()) {
      start = scan.indexOf("<", end);
      end = endOf(start);
    }
    return start >= 0 && start < offset && offset <= end;
  }

  int start() {
    return start;
  }

  /** Returns where its {@code >} is, or what it ends at without one. */
  int end() {
    return end;
  }

  private int endOf(int tagStart) {
    int i = Math.min(tagStart + 1, scan.length());
    while (i < scan.length() && "<>".indexOf(scan.charAt(i)) < 0) {
      i = scan.charAt(i) == '=' ? valueEnd(i + 1) : i + 1;
    }
    return i;
  }

  /** Returns where an attribute's value in quotes ends, in which an angle bracket may be. */
  private int valueEnd(int offset) {
    char quote = offset < scan.length() ? scan.charAt(offset) : ' ';
    if (quote != '"' && quote != '\'') {
      return offset;
    }
    int i = offset + 1;
    while (i < scan.length() && scan.charAt(i) != quote && scan.charAt(i) != '<') {
      i++;
    }
    return i < scan.length() && scan.charAt(i) == quote ? i + 1 : offset + 1;
  }
}
