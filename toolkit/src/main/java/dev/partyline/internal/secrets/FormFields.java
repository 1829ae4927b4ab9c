package dev.partyline.internal.secrets;

import dev.partyline.internal.secrets.ValueMask.Place;
import dev.partyline.internal.secrets.stream.TextScan;
import java.util.Locale;

/**
 * What belongs to {@code name="…"} of a form: a part of a multipart body (RFC 7578), or an element
 * of a page.
 */
final class FormFields {
  private static final int MAX_DISTANCE = 1024;

  private static final String[] VALUE_ATTRIBUTES = {"value=", "content="};

  private final TextScan scan;
  private final QuotedText strings;
  private final ValueMask mask;
  private final Elements elements;

  FormFields(TextScan scan, QuotedText strings, ValueMask mask, Elements elements) {
    this.scan = scan;
    this.strings = strings;
    this.mask = mask;
    this.elements = elements;
  }

  /** Masks the value of a field, and returns where to look on. */
  int field(String name, int nameStart, int nameEnd) {
    String before = scan.text(Math.max(0, nameStart - MAX_DISTANCE), nameStart);
    String line = before.substring(before.lastIndexOf('\n') + 1);
    if (line.toLowerCase(Locale.ROOT).contains("content-disposition")) {
      int bodyStart = headEnd(nameEnd);
      int bodyEnd = partEnd(bodyStart, boundary(before));
      return mask.value(name, bodyStart, bodyEnd, Place.QUOTED);
    }
    int tagStart = elements.tagStart(nameStart);
    int tagEnd = tagStart < 0 ? -1 : elements.tagEnd(nameEnd);
    return tagEnd < 0 ? nameEnd : element(name, nameEnd, tagStart, tagEnd);
  }

  /** Masks the value of an input that is one for a password, whatever its name is. */
  int password(int offset) {
    int tagStart = elements.tagStart(offset);
    int tagEnd = tagStart < 0 ? -1 : elements.tagEnd(offset);
    if (tagEnd >= 0) {
      attribute("password", tagStart, tagEnd);
    }
    return offset;
  }

  /** Returns where the lines before the next blank line end, with that line. */
  private int headEnd(int offset) {
    for (int end = scan.lineEnd(offset); end < scan.length(); end = scan.lineEnd(end + 1)) {
      int next = end + 1;
      if (scan.startsWith(next, "\r\n")) {
        return next + 2;
      }
      if (scan.startsWith(next, "\n")) {
        return next + 1;
      }
    }
    return scan.length();
  }

  /** Returns the last line that begins with two hyphens, or these alone. */
  private static String boundary(String head) {
    String lines = "\n" + head;
    int start = lines.lastIndexOf("\n--") + 1;
    int end = lines.indexOf('\n', start);
    return start == 0 || end < 0 ? "--" : lines.substring(start, end).strip();
  }

  private int partEnd(int offset, String boundary) {
    return scan.startsWith(offset, boundary) ? offset : scan.indexOf("\n" + boundary, offset);
  }

  /** Masks the value of an input or a meta element, or the text of another one. */
  private int element(String name, int nameEnd, int tagStart, int tagEnd) {
    if (attribute(name, tagStart, tagEnd)) {
      return nameEnd;
    }
    boolean hasText = tagEnd < scan.length() && !scan.endsWith(tagEnd, "/");
    return hasText ? Math.max(nameEnd, elements.text(name, tagStart, tagEnd + 1)) : nameEnd;
  }

  /** Masks the value that a tag has, and returns whether it has one. */
  private boolean attribute(String name, int tagStart, int tagEnd) {
    String tag = scan.text(tagStart, tagEnd);
    for (String attribute : VALUE_ATTRIBUTES) {
      int start = 0;
      while (start < tag.length() && !isAttribute(tag, start, attribute)) {
        start++;
      }
      if (start < tag.length()) {
        attributeValue(name, tagStart + start + 1 + attribute.length());
        return true;
      }
    }
    return false;
  }

  private static boolean isAttribute(String tag, int offset, String attribute) {
    return tag.charAt(offset) <= ' '
        && tag.regionMatches(true, offset + 1, attribute, 0, attribute.length());
  }

  private void attributeValue(String name, int start) {
    String quote = strings.quoteAt(start);
    if (quote.isEmpty()) {
      mask.value(name, start, Assignments.endWithoutQuote(scan, start, start), Place.QUOTED);
    } else {
      mask.string(name, start, quote);
    }
  }
}
