package dev.partyline.internal.secrets;

import dev.partyline.internal.secrets.ValueMask.Place;
import dev.partyline.internal.secrets.stream.TextScan;

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
    int nameLength = nameLength(tag);
    String qualifiedName = tag.substring(0, nameLength);
    String localName = qualifiedName.substring(qualifiedName.indexOf(':') + 1);
    // XMPP authenticates by elements whose names say nothing (RFC 6120, 6, and XEP-0388).
    boolean isSasl = tag.contains("xmpp-sasl") || tag.contains("xmpp:sasl");
    String name = isSasl ? NamedSecrets.ALWAYS_SECRET : localName;
    return names.isField(name) && hasAttributes(tag, nameLength)
        ? text(name, tagStart, offset + 1)
        : 0;
  }

  /** Returns whether what follows a name are attributes, or nothing, rather than words. */
  private static boolean hasAttributes(String tag, int nameEnd) {
    return tag.indexOf('=', nameEnd) >= 0 || tag.substring(nameEnd).isBlank();
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
  int text(String name, int tagStart, int offset) {
    int start = scan.skipAfter(offset, CDATA);
    int end = scan.indexOf(scan.endsWith(start, CDATA) ? "]]>" : "<", start);
    // What a text has in angle brackets is mostly no element, so its end is looked for.
    boolean canBeCut = scan.endsWith(tagStart, ">") || scan.isAtLineStart(tagStart);
    // Where another one begins, it was no element, as a type of a program in angle brackets.
    boolean isElement =
        end >= scan.length() - 1
            ? canBeCut
            : scan.startsWith(end, "</") || scan.startsWith(end, "]]>");
    return isElement ? mask.value(name, start, end, Place.QUOTED) : 0;
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

  /** Returns where the tag around an offset ends, or -1 if it is too long. */
  int tagEnd(int offset) {
    int limit = Math.min(scan.length(), offset + MAX_TAG_LENGTH);
    for (int end = offset; end < limit; end++) {
      if (scan.charAt(end) == '>') {
        return end;
      }
    }
    // The rest of the tag may not have come yet.
    return limit == scan.length() ? limit : -1;
  }
}
