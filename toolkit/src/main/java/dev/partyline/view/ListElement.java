package dev.partyline.view;

import java.util.ArrayList;
import java.util.List;

/**
 * An element of a header's value that is a list with commas (RFC 9110, 5.6.1).
 *
 * @param at where it begins in what the side sent
 * @param text the element without blanks around it
 */
record ListElement(long at, String text) {
  static List<ListElement> of(Http1Header header) {
    List<ListElement> elements = new ArrayList<>();
    String line = header.unfolded();
    int from = header.colon() + 1;
    while (from <= line.length()) {
      int comma = line.indexOf(',', from);
      int to = comma < 0 ? line.length() : comma;
      int start = Ascii.skipBlanks(line, from);
      int end = to;
      while (end > start && Ascii.isBlank(line.charAt(end - 1))) {
        end--;
      }
      elements.add(new ListElement(header.at() + start, line.substring(Math.min(start, end), end)));
      from = to + 1;
    }
    return elements;
  }
}
