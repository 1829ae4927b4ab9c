package dev.partyline.filter;

import java.util.Locale;

/**
 * A word or a sign of a filter.
 *
 * @param text as written; empty at the end of the filter
 * @param column where it begins, from 1
 */
record Token(String text, int column) {
  /** Returns it in lower case, in which words are compared. */
  String word() {
    return text.toLowerCase(Locale.ROOT);
  }

  boolean is(String expectedWord) {
    return word().equals(expectedWord);
  }

  boolean isAnd() {
    return is("and") || is("&&");
  }

  boolean isOr() {
    return is("or") || is("||");
  }

  boolean isNot() {
    return is("not") || is("!");
  }
}
