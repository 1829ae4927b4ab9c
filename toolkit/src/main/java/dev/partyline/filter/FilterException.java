package dev.partyline.filter;

import java.util.Locale;

/**
 * A filter that cannot be read.
 *
 * <p>The message names the column, says what was expected there, and shows the filter with a caret
 * below the column.
 */
public final class FilterException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private final int column;

  FilterException(String expression, int column, String problem) {
    super(message(expression, column, problem));
    this.column = column;
  }

  /** Returns the column of what is wrong, from 1, counted in characters. */
  public int column() {
    return column;
  }

  private static String message(String expression, int column, String problem) {
    String line = onOneLine(expression);
    // A tab stays a tab, so that the caret stands below its character however wide tabs are.
    String indent = line.substring(0, column - 1).replaceAll("[^\t]", " ");
    return String.format(
        Locale.ROOT,
        "filter, column %d: %s%n    %s%n    %s^",
        column,
        onOneLine(problem),
        line,
        indent);
  }

  /** Returns the text without controls, in which each character keeps its column. */
  private static String onOneLine(String text) {
    return text.replaceAll("[\\p{Cc}\\u2028\\u2029&&[^\t]]", " ");
  }
}
