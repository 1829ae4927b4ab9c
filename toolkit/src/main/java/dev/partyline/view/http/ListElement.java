package dev.partyline.view.http;

import dev.partyline.internal.reading.Ascii;
import dev.partyline.wire.Bytes;
import java.util.ArrayList;
import java.util.List;

/**
 * An element of a header's value that is a list with commas (RFC 9110, 5.6.1).
 *
 * @param offset its offset in what the side sent
 * @param text the element without blanks around it
 * @param bytes the same as it was sent
 */
record ListElement(long offset, String text, Bytes bytes) {
  static List<ListElement> of(Http1Header header) {
    List<ListElement> elements = new ArrayList<>();
    String line = header.unfolded();
    int itemStart = header.colon() + 1;
    while (itemStart <= line.length()) {
      int comma = line.indexOf(',', itemStart);
      int itemEnd = comma < 0 ? line.length() : comma;
      int start = Ascii.skipBlanks(line, itemStart);
      int end = itemEnd;
      while (end > start && Ascii.isBlank(line.charAt(end - 1))) {
        end--;
      }
      int textStart = Math.min(start, end);
      elements.add(
          new ListElement(
              header.offset() + start,
              line.substring(textStart, end),
              header.line().bytes().slice(textStart, end)));
      itemStart = itemEnd + 1;
    }
    return elements;
  }
}
