package dev.partyline.internal.secrets;

import dev.partyline.internal.secrets.ValueMask.Place;
import dev.partyline.internal.secrets.stream.TextScan;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The texts of elements of XML and HTML whose name says that they are secret. */
final class Elements {
  private static final String CDATA = "<![CDATA[";
  private static final List<String> ENDS = List.of("]]>", "<br", "<!--");

  private static final String CLOSING = "</";
  private static final String COMMENT = "<!--";
  private static final String COMMENT_END = "-->";

  /** What is between the tag that has a name and the text that belongs to it. */
  private static final String[] WRAPPERS = {"<value>", "<string>"};

  /** Elements whose text is the name of the next one, as in a list of properties, and that one. */
  private static final Map<String, String> VALUES_OF_NAMES =
      Map.of("key", "value", "name", "value", "Key", "Value", "Name", "Value");

  private final TextScan scan;
  private final Tags tags;
  private final NamedSecrets names;
  private final ValueMask mask;

  Elements(TextScan scan, Tags tags, NamedSecrets names, ValueMask mask) {
    this.scan = scan;
    this.tags = tags;
    this.names = names;
    this.mask = mask;
  }

  /** Masks the text after the end of a tag, and returns where to look on. */
  int afterTag(int offset) {
    if (!tags.isAround(offset) || tags.end() != offset || scan.endsWith(offset, "/")) {
      return 0;
    }
    int tagStart = tags.start();
    if (scan.startsWith(tagStart + 1, "/")) {
      return afterName(tagStart, offset + 1);
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

  /** Masks the element after one whose text is its name. */
  private int afterName(int tagStart, int offset) {
    String element = scan.text(tagStart + 2, offset - 1);
    int prefixLength = element.lastIndexOf('-') + 1;
    String value = VALUES_OF_NAMES.get(element.substring(prefixLength));
    if (value == null) {
      return 0;
    }
    int start = scan.nameStart(tagStart, NamedSecrets.MAX_NAME_LENGTH);
    if (!scan.endsWith(start, "<" + element + ">")) {
      return 0;
    }
    String name = scan.text(start, tagStart);
    int valueStart = scan.skipWhitespace(offset);
    String valueTag = "<" + element.substring(0, prefixLength) + value + ">";
    if (names.isField(name) && scan.startsWith(valueStart, valueTag)) {
      return text(name, valueStart, valueStart + valueTag.length());
    }
    return names.isField(name) && wrapperEnd(valueStart) > valueStart
        ? text(name, valueStart, valueStart)
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
    // Texts of a program in .NET have their names in this.
    boolean isLabel = scan.startsWith(tagStart, "<data ");
    int start = scan.skipAfter(commentEnd(isLabel ? offset : wrapperEnd(offset)), CDATA);
    int end = scan.indexOf(scan.endsWith(start, CDATA) ? "]]>" : "<", start);
    // What a text has in angle brackets is mostly no element, so its end is looked for.
    boolean canBeCut = scan.endsWith(tagStart, ">") || scan.isAtLineStart(tagStart);
    // Where another one begins, it was no element, as a type of a program in angle brackets.
    boolean isElement =
        end >= scan.length() - 1
            ? canBeCut
            : isClosed(tagStart, start, end)
                || ENDS.stream().anyMatch(each -> scan.startsWithIgnoringCase(end, each));
    return isElement ? mask.value(name, start, end, Place.QUOTED) : 0;
  }

  /**
   * Returns whether a text ends at the end of an element: that of its tag, unless it has a letter
   * or a digit, because a placeholder in angle brackets has no end, and signs after it.
   */
  private boolean isClosed(int tagStart, int start, int endOffset) {
    int nameStart = endOffset + CLOSING.length();
    if (!scan.startsWith(endOffset, CLOSING)) {
      return false;
    }
    if (scan.text(start, endOffset).chars().anyMatch(Character::isLetterOrDigit)) {
      return true;
    }
    int nameEnd = tagStart + 1;
    while (nameEnd < scan.length() && scan.charAt(nameEnd) > ' ' && scan.charAt(nameEnd) != '>') {
      nameEnd++;
    }
    int length = Math.min(nameEnd - tagStart - 1, scan.length() - nameStart);
    String element = scan.text(tagStart + 1, tagStart + 1 + length);
    return scan.startsWithIgnoringCase(nameStart, element)
        || Arrays.stream(WRAPPERS).anyMatch(each -> scan.startsWith(nameStart, each.substring(1)));
  }

  /** Goes over the elements that only say that what they have is a value. */
  private int wrapperEnd(int offset) {
    int end = offset;
    for (String wrapper : WRAPPERS) {
      int next = scan.skipAfter(end, wrapper);
      end = scan.endsWith(next, wrapper) ? next : end;
    }
    return end;
  }

  /** Goes over a comment that has no angle brackets. */
  private int commentEnd(int offset) {
    int start = scan.skipAfter(offset, COMMENT);
    if (!scan.endsWith(start, COMMENT)) {
      return offset;
    }
    int end = scan.text(start, scan.indexOf("<", start)).lastIndexOf(COMMENT_END);
    return end < 0 ? offset : start + end + COMMENT_END.length();
  }
}
