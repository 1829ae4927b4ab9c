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
  private final Tags tags;
  private final ValueMask mask;
  private final Elements elements;

  /** The tag whose value was looked for last, because it may have this name many times. */
  private int lastTag = -1;

  private int lastValue;

  FormFields(TextScan scan, QuotedText strings, Tags tags, ValueMask mask, Elements elements) {
    this.scan = scan;
    this.strings = strings;
    this.tags = tags;
    this.mask = mask;
    this.elements = elements;
  }

  /** Masks the value of a field, and returns where to look on. */
  int field(String name, int nameStart, int nameEnd) {
    String before = scan.text(Math.max(0, nameStart - MAX_DISTANCE), nameStart);
    if (headerLine(before).contains("content-disposition")) {
      int bodyStart = headEnd(nameEnd);
      int bodyEnd = partEnd(bodyStart, boundary(before));
      return mask.value(name, bodyStart, bodyEnd, Place.QUOTED);
    }
    return tags.isAround(nameStart) ? element(name, nameEnd) : nameEnd;
  }

  /** Returns the last line of a head, in small letters, with the lines that it is folded into. */
  private static String headerLine(String head) {
    int start = head.lastIndexOf('\n') + 1;
    while (start > 0 && start < head.length() && " \t".indexOf(head.charAt(start)) >= 0) {
      start = head.lastIndexOf('\n', start - 2) + 1;
    }
    return head.substring(start).toLowerCase(Locale.ROOT);
  }

  /** Masks the value of an input that is one for a password, whatever its name is. */
  int password(int offset) {
    if (tags.isAround(offset)) {
      attribute("password");
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
  private int element(String name, int nameEnd) {
    if (attribute(name)) {
      return nameEnd;
    }
    int tagEnd = tags.end();
    boolean hasText = scan.startsWith(tagEnd, ">") && !scan.endsWith(tagEnd, "/");
    return hasText ? Math.max(nameEnd, elements.text(name, tags.start(), tagEnd + 1)) : nameEnd;
  }

  /** Masks the value that the tag has, and returns whether it has one. */
  private boolean attribute(String name) {
    if (lastTag != tags.start()) {
      lastTag = tags.start();
      lastValue = attributeStart(scan.text(tags.start(), tags.end()));
    }
    if (lastValue >= 0) {
      attributeValue(name, lastTag + lastValue);
    }
    return lastValue >= 0;
  }

  /** Returns where a value begins in a tag, or -1 if it has none. */
  private static int attributeStart(String tag) {
    for (String attribute : VALUE_ATTRIBUTES) {
      for (int i = 0; i < tag.length(); i++) {
        if (isAttribute(tag, i, attribute)) {
          return i + 1 + attribute.length();
        }
      }
    }
    return -1;
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
