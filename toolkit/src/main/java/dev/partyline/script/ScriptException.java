package dev.partyline.script;

import java.util.Locale;

/**
 * A script that cannot be parsed, or that the side it is given to cannot play.
 *
 * <p>The message names the file, the line and the column, shows the line with a caret, and names
 * what was expected there.
 */
public final class ScriptException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private final int line;
  private final int column;

  ScriptException(ScriptSource source, int line, int column, String problem) {
    this(message(source, line, column, problem), line, column);
  }

  private ScriptException(String message, int line, int column) {
    super(message);
    this.line = line;
    this.column = column;
  }

  /**
   * Returns an error in a piece of a line; its column is the offset in the piece, from 0. The
   * caller that knows where the piece stands catches it, so it never reaches a user.
   */
  static ScriptException atOffset(int offset, String problem) {
    return new ScriptException(problem, 0, offset);
  }

  /** Returns the number of the line, from 1; 0 if the script was built in Java. */
  public int line() {
    return line;
  }

  /** Returns the column in the line, from 1, counted in characters; 0 with line 0. */
  public int column() {
    return column;
  }

  private static String message(ScriptSource source, int line, int column, String problem) {
    if (line == 0) {
      return source.name() + ": " + problem;
    }
    // A message of an error comes before any redaction of a test, and reaches the same reports.
    String text = source.maskedLine(line);
    int caretOffset = Math.min(column - 1, text.length());
    // A tab stays a tab, so that the caret stands below its character however wide tabs are.
    String indent = text.substring(0, caretOffset).replaceAll("[^\t]", " ");
    return String.format(
        Locale.ROOT,
        "%s:%d:%d: %s%n    %s%n    %s^",
        source.name(),
        line,
        column,
        problem,
        text,
        indent);
  }
}
