package dev.partyline.internal.secrets;

import java.util.Locale;
import java.util.Set;

/** Looks for the ends of names and values in a text; each look goes over what it returns alone. */
final class TextScan {
  private static final String[] QUOTES = {"\\\\\\\"", "\\\"", "\"", "'"};

  private static final Set<String> PLAIN_WORDS =
      Set.of("true", "false", "null", "none", "undefined");

  private static final int MAX_BLANKS = 64;

  private static final String CDATA = "<![CDATA[";

  private final String text;

  TextScan(String text) {
    this.text = text;
  }

  int length() {
    return text.length();
  }

  String text(int start, int end) {
    return text.substring(start, end);
  }

  boolean startsWith(int offset, String part) {
    return offset >= 0 && text.startsWith(part, offset);
  }

  boolean endsWith(int endOffset, String part) {
    return text.startsWith(part, endOffset - part.length());
  }

  int skipBlanks(int offset) {
    int end = offset;
    while (end < text.length() && isBlank(text.charAt(end))) {
      end++;
    }
    return end;
  }

  int skipBlanksBackwards(int offset) {
    int start = offset;
    while (start > 0 && offset - start < MAX_BLANKS && isBlank(text.charAt(start - 1))) {
      start--;
    }
    return start;
  }

  int skipWhitespaceBackwards(int offset) {
    int start = offset;
    while (start > 0 && offset - start < MAX_BLANKS && text.charAt(start - 1) <= ' ') {
      start--;
    }
    return start;
  }

  /** Goes over whitespace, and over a part if it is next. */
  int skipAfter(int offset, String part) {
    int start = skipWhitespace(offset);
    return startsWith(start, part) ? start + part.length() : start;
  }

  int skipWhitespace(int offset) {
    int end = offset;
    while (end < text.length() && text.charAt(end) <= ' ') {
      end++;
    }
    return end;
  }

  /** Returns the quote that ends at an offset, or an empty text. */
  String quoteBefore(int endOffset) {
    for (String quote : QUOTES) {
      if (endsWith(endOffset, quote)) {
        return quote;
      }
    }
    return "";
  }

  String quoteAt(int offset) {
    for (String quote : QUOTES) {
      if (startsWith(offset, quote)) {
        return quote;
      }
    }
    return "";
  }

  /** Returns where the name that ends at an offset begins, which is there if there is none. */
  int nameStart(int endOffset, int maxLength) {
    int start = endOffset;
    while (start > 0 && endOffset - start < maxLength && isNameCharacter(text.charAt(start - 1))) {
      start--;
    }
    return start;
  }

  /** Returns where the name that ends at a quote begins, in which anything but blanks may be. */
  int quotedNameStart(int endOffset, int maxLength) {
    int start = endOffset;
    while (start > 0 && endOffset - start < maxLength && isInQuotes(text.charAt(start - 1))) {
      start--;
    }
    return start;
  }

  private static boolean isInQuotes(char c) {
    return c > ' ' && c != '"' && c != '\'';
  }

  /** Returns whether only blanks, or the hyphen of a list, are before an offset on its line. */
  boolean isAtLineStart(int offset) {
    int start = skipBlanksBackwards(offset);
    if (endsWith(start, "-")) {
      start = skipBlanksBackwards(start - 1);
    }
    return start == 0 || text.charAt(start - 1) == '\n';
  }

  /** Returns whether a list or a record begins or goes on before an offset. */
  boolean isAfterOpening(int offset) {
    int end = skipWhitespaceBackwards(offset);
    return end > 0 && "({,".indexOf(text.charAt(end - 1)) >= 0;
  }

  /** Returns whether what is at an offset may be between the strings of an array of JSON. */
  boolean isInArray(int offset) {
    char c = offset < text.length() ? text.charAt(offset) : '}';
    return c <= ' ' || "[,+-.".indexOf(c) >= 0 || Character.isLetterOrDigit(c);
  }

  /**
   * Returns where a line ends, with the lines that it is folded into, without its line end: those
   * that are indented deeper than its name, because the next name of YAML is indented as much.
   */
  int foldedLineEnd(int offset, int indentation) {
    int end = lineEnd(offset);
    boolean isFolded = indentation == 0 ? end > offset : strippedEnd(end) > offset;
    while (isFolded && end + 1 < text.length()) {
      int next = end + 1;
      int blankEnd = Math.min(text.length(), next + indentation + 1);
      isFolded = blankEnd == next + indentation + 1 && isBlank(next, blankEnd);
      end = isFolded ? lineEnd(next) : end;
    }
    return end;
  }

  /** Returns how many blanks are before an offset on its line. */
  int indentation(int offset) {
    return offset - skipBlanksBackwards(offset);
  }

  private boolean isBlank(int start, int end) {
    return text.substring(start, end).chars().allMatch(c -> isBlank((char) c));
  }

  int lineEnd(int offset) {
    int end = text.indexOf('\n', offset);
    return end < 0 ? text.length() : end;
  }

  /** Returns whether a word is before an offset on its line, and not too far from it. */
  boolean lineHas(int offset, String lowerCaseWord, int maxDistance) {
    String before = text.substring(Math.max(0, offset - maxDistance), offset);
    String line = before.substring(before.lastIndexOf('\n') + 1);
    return line.toLowerCase(Locale.ROOT).contains(lowerCaseWord);
  }

  /** Returns where the string of a JSON text ends: at its quote, or where no string can go on. */
  int stringEnd(int offset, String quote) {
    int end = offset;
    while (end < text.length() && text.charAt(end) >= ' ' && !text.startsWith(quote, end)) {
      end += escapedSize(end, quote);
    }
    return Math.min(end, text.length());
  }

  /**
   * Returns the size of a character of a string, which is twice escaped in a string in a string.
   */
  private int escapedSize(int offset, String quote) {
    if (text.charAt(offset) != '\\') {
      return 1;
    }
    boolean isWithin = quote.length() == 2 && startsWith(offset + 1, "\\");
    return isWithin ? startsWith(offset + 2, "\\") ? 4 : 3 : quote.length() == 1 ? 2 : 1;
  }

  /** Returns where a range ends without the blanks and line ends at its end. */
  int strippedEnd(int endOffset) {
    int end = endOffset;
    while (end > 0 && text.charAt(end - 1) <= ' ') {
      end--;
    }
    return end;
  }

  int numberEnd(int offset) {
    int end = offset;
    while (end < text.length() && "+-.0123456789".indexOf(text.charAt(end)) >= 0) {
      end++;
    }
    return end;
  }

  /** Returns where the value of a form, a URL or a cookie ends whose name begins at an offset. */
  int valueEnd(int offset, int nameStart) {
    boolean isInQuery = endsWith(nameStart, "&") || endsWith(nameStart, "?");
    String stops = isAtLineStart(nameStart) ? "&<>" : isInQuery ? "&\"'<>#\\`" : "&;,\"'<>)#\\`";
    int end = offset;
    while (end < text.length() && text.charAt(end) > ' ' && stops.indexOf(text.charAt(end)) < 0) {
      end++;
    }
    return end;
  }

  /** Returns whether a value is a word that is never a secret. */
  boolean isPlainWord(int start, int end) {
    String value = text.substring(start, Math.min(end, start + 16)).strip();
    return PLAIN_WORDS.contains(value.toLowerCase(Locale.ROOT));
  }

  /** Returns where the lines before the next blank line end, with that line. */
  int blankLineEnd(int offset) {
    for (int end = lineEnd(offset); end < text.length(); end = lineEnd(end + 1)) {
      int next = end + 1;
      if (startsWith(next, "\r\n")) {
        return next + 2;
      }
      if (startsWith(next, "\n")) {
        return next + 1;
      }
    }
    return text.length();
  }

  /** Returns where the next boundary of a multipart body begins. */
  int partEnd(int offset, String boundary) {
    int end = startsWith(offset, boundary) ? offset : text.indexOf("\n" + boundary, offset);
    return end < 0 ? text.length() : end;
  }

  /** Returns the line before an offset that begins with two hyphens, or these alone. */
  String boundary(int offset, int maxDistance) {
    int first = Math.max(0, offset - maxDistance);
    String before = "\n" + text.substring(first, offset);
    int start = before.lastIndexOf("\n--") + 1;
    int end = before.indexOf('\n', start);
    return start == 0 || end < 0 ? "--" : before.substring(start, end).strip();
  }

  /** Returns where the tag around an offset begins, or -1. */
  int tagStart(int offset, int maxLength) {
    for (int i = offset - 1; i >= 0 && offset - i < maxLength; i--) {
      char c = text.charAt(i);
      if (c == '<') {
        return i;
      }
      if (c == '>') {
        return -1;
      }
    }
    return -1;
  }

  int tagEnd(int offset, int maxLength) {
    int limit = Math.min(text.length(), offset + maxLength);
    for (int end = offset; end < limit; end++) {
      if (text.charAt(end) == '>') {
        return end;
      }
    }
    return -1;
  }

  private static boolean isAttribute(String tag, int offset, String attribute) {
    return tag.charAt(offset) <= ' '
        && tag.regionMatches(true, offset + 1, attribute, 0, attribute.length());
  }

  /** Returns where the value of an attribute begins, with its quote if it has one, or -1. */
  int attributeValue(int tagStart, int tagEnd, String attribute) {
    String tag = text.substring(tagStart, tagEnd);
    int start = 0;
    while (start < tag.length() && !isAttribute(tag, start, attribute + "=")) {
      start++;
    }
    return start == tag.length() ? -1 : tagStart + start + attribute.length() + 2;
  }

  /** Returns where the text of an element begins: after its tag, or within a CDATA section. */
  int elementStart(int offset) {
    int start = skipWhitespace(offset);
    return startsWith(start, CDATA) ? start + CDATA.length() : start;
  }

  /**
   * Returns whether an element ends at an offset, or its text is not complete: where another one
   * begins, it was none, as a type of a program in angle brackets.
   */
  boolean isElementEnd(int offset) {
    return offset == text.length() || startsWith(offset, "</") || startsWith(offset, "]]>");
  }

  /** Returns where the text of an element that begins at an offset ends. */
  int elementEnd(int offset) {
    int end = text.indexOf(endsWith(offset, CDATA) ? "]]>" : "<", offset);
    return end < 0 ? text.length() : end;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  private static boolean isNameCharacter(char c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || "-_.[]%$".indexOf(c) >= 0;
  }
}
