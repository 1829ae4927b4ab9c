package dev.partyline.internal.secrets;

/** The texts of elements of XML and HTML whose name says that they are secret. */
final class Elements {
  private static final int MAX_TAG_LENGTH = 1024;

  private static final String CDATA = "<![CDATA[";

  private final TextScan scan;
  private final NamedSecrets names;
  private final ValueMask mask;

  Elements(TextScan scan, NamedSecrets names, ValueMask mask) {
    this.scan = scan;
    this.names = names;
    this.mask = mask;
  }

  /** Masks the text after the end of a tag, and returns where to look on. */
  int afterTag(int offset) {
    int tagStart = tagStart(offset);
    if (tagStart < 0 || scan.endsWith(offset, "/") || scan.startsWith(tagStart + 1, "/")) {
      return 0;
    }
    String tag = scan.text(tagStart + 1, offset);
    String name = tag.substring(0, nameLength(tag));
    // XMPP authenticates by elements whose names say nothing (RFC 6120, 6).
    return names.isField(name.substring(name.indexOf(':') + 1)) || tag.contains("xmpp-sasl")
        ? text(offset + 1)
        : 0;
  }

  private static int nameLength(String tag) {
    int length = 0;
    while (length < tag.length() && !isWhitespace(tag.charAt(length))) {
      length++;
    }
    return length;
  }

  private static boolean isWhitespace(char c) {
    return c == ' ' || c >= '\t' && c <= '\r';
  }

  /**
   * Masks the text of an element that begins at an offset, or after a CDATA tag there, and returns
   * where to look on.
   */
  int text(int offset) {
    int start = scan.skipAfter(offset, CDATA);
    int end = scan.indexOf(scan.endsWith(start, CDATA) ? "]]>" : "<", start);
    // Where another one begins, it was no element, as a type of a program in angle brackets.
    boolean isElement =
        end == scan.length() || scan.startsWith(end, "</") || scan.startsWith(end, "]]>");
    return isElement ? mask.range(start, end) : 0;
  }

  /** Returns where the tag around an offset begins, or -1. */
  int tagStart(int offset) {
    for (int i = offset - 1; i >= 0 && offset - i < MAX_TAG_LENGTH; i--) {
      char c = scan.charAt(i);
      if (c == '<') {
        return i;
      }
      if (c == '>') {
        return -1;
      }
    }
    return -1;
  }

  /** Returns where the tag around an offset ends, or -1. */
  int tagEnd(int offset) {
    int limit = Math.min(scan.length(), offset + MAX_TAG_LENGTH);
    for (int end = offset; end < limit; end++) {
      if (scan.charAt(end) == '>') {
        return end;
      }
    }
    return -1;
  }
}
