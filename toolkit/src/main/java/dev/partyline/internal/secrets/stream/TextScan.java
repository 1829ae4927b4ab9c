package dev.partyline.internal.secrets.stream;

/** Goes over the blanks, names and lines of a text; each look goes over what it returns alone. */
public final class TextScan {
  private static final int MAX_BLANKS = 64;

  /** What a name may have without quotes, as a table because it is looked up so often. */
  private static final boolean[] IN_NAME = new boolean[128];

  static {
    for (char c = 0; c < IN_NAME.length; c++) {
      IN_NAME[c] = Character.isLetterOrDigit(c) || "-_.[]%$".indexOf(c) >= 0;
    }
  }

  private final String text;

  public TextScan(String text) {
    this.text = text;
  }

  public int length() {
    return text.length();
  }

  public char charAt(int offset) {
    return text.charAt(offset);
  }

  public String text(int start, int end) {
    return text.substring(start, end);
  }

  public boolean startsWith(int offset, String part) {
    return offset >= 0 && text.startsWith(part, offset);
  }

  public boolean endsWith(int endOffset, String part) {
    return text.startsWith(part, endOffset - part.length());
  }

  public boolean startsWithIgnoringCase(int offset, String part) {
    return text.regionMatches(true, offset, part, 0, part.length());
  }

  /** Returns where a part stands next, or the length of the text. */
  public int indexOf(String part, int offset) {
    int index = text.indexOf(part, offset);
    return index < 0 ? text.length() : index;
  }

  public int skipBlanks(int offset) {
    int end = offset;
    while (end < text.length() && isBlank(text.charAt(end))) {
      end++;
    }
    return end;
  }

  public int skipBlanksBackwards(int offset) {
    int start = offset;
    while (start > 0 && offset - start < MAX_BLANKS && isBlank(text.charAt(start - 1))) {
      start--;
    }
    return start;
  }

  public int skipWhitespace(int offset) {
    int end = offset;
    while (end < text.length() && text.charAt(end) <= ' ') {
      end++;
    }
    return end;
  }

  public int skipWhitespaceBackwards(int offset) {
    int start = offset;
    while (start > 0 && offset - start < MAX_BLANKS && text.charAt(start - 1) <= ' ') {
      start--;
    }
    return start;
  }

  /** Goes over whitespace, and over a part if it is next. */
  public int skipAfter(int offset, String part) {
    int start = skipWhitespace(offset);
    return startsWith(start, part) ? start + part.length() : start;
  }

  /** Returns where the name that ends at an offset begins, which is there if there is none. */
  public int nameStart(int endOffset, int maxLength) {
    int start = endOffset;
    while (start > 0 && endOffset - start < maxLength && isNameCharacter(text.charAt(start - 1))) {
      start--;
    }
    return start;
  }

  public int lineStart(int offset) {
    return text.lastIndexOf('\n', offset - 1) + 1;
  }

  /** Returns where a line ends, without its LF. */
  public int lineEnd(int offset) {
    int end = text.indexOf('\n', offset);
    return end < 0 ? text.length() : end;
  }

  /** Returns where the first empty line ends after the line at an offset, or the whole text. */
  public int headEnd(int offset) {
    int end = lineEnd(offset);
    while (end < text.length()) {
      int next = end + 1;
      next += startsWith(next, "\r\n") ? 1 : 0;
      if (startsWith(next, "\n")) {
        return next + 1;
      }
      end = lineEnd(next);
    }
    return end;
  }

  /** Returns whether only blanks, or the hyphen of a list, are before an offset on its line. */
  public boolean isAtLineStart(int offset) {
    int start = skipBlanksBackwards(offset);
    if (endsWith(start, "-")) {
      start = skipBlanksBackwards(start - 1);
    }
    return start == 0 || text.charAt(start - 1) == '\n';
  }

  /** Returns how many blanks are before an offset on its line. */
  public int indentation(int offset) {
    return offset - skipBlanksBackwards(offset);
  }

  /**
   * Returns where a line ends, with the lines that it is folded into, without its line end: those
   * that are indented deeper than its name, because the next name of YAML is indented as much.
   */
  public int foldedLineEnd(int offset, int indentation) {
    int end = lineEnd(offset);
    boolean isFolded = indentation == 0 ? end > offset : strippedEnd(end) > offset;
    while (isFolded && end + 1 < text.length()) {
      int next = end + 1;
      isFolded = skipBlanks(next) - next > indentation;
      end = isFolded ? lineEnd(next) : end;
    }
    return end;
  }

  /** Returns where a range ends without the blanks and line ends at its end. */
  public int strippedEnd(int endOffset) {
    int end = endOffset;
    while (end > 0 && text.charAt(end - 1) <= ' ') {
      end--;
    }
    return end;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  private static boolean isNameCharacter(char c) {
    return c < IN_NAME.length && IN_NAME[c];
  }
}
