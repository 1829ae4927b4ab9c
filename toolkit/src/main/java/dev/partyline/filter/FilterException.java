package dev.partyline.filter;

import java.util.Locale;

/**
 * A filter that cannot be parsed.
 *
 * <p>The message has the column, what was expected there, and the filter with a caret below the
 * column.
 */
public final class FilterException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private final int column;

  FilterException(String expression, int column, String problem) {
    super(message(expression, column, problem));
    this.column = column;
  }

  /** Returns the column of the error, from 1, counted in characters. */
  public int column() {
    return column;
  }

  private static String message(String expression, int column, String problem) {
    String line = onOneLine(expression);
    // Tabs are kept, so that the caret is below its character whatever the width of tabs.
    String indent = line.substring(0, column - 1).replaceAll("[^\t]", " ");
    return String.format(
        Locale.ROOT,
        "filter, column %d: %s%n    %s%n    %s^",
        column,
        onOneLine(problem),
        line,
        indent);
  }

  /** Returns the text with spaces in place of controls, so that each character keeps its column. */
  private static String onOneLine(String text) {
    return text.replaceAll("[\\p{Cc}\\u2028\\u2029&&[^\t]]", " ");
  }
}
