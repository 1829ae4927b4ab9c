package dev.partyline.script;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Reads what stands after the colon of a placeholder. */
final class PlaceholderParser {
  /** What is meant as a length: as a regular expression it would never fit what was meant. */
  private static final Pattern LENGTH_LOOKALIKE =
      Pattern.compile("(?i)\\d+(?:\\s*-\\s*\\d+)?\\s*bytes?|\\w+\\s+bytes?|bytes?\\s*:?\\s*\\d+");

  private PlaceholderParser() {}

  /** Whether a regular expression looks like a length, and so like another mistake. */
  static boolean isLikeLength(String regex) {
    return LENGTH_LOOKALIKE.matcher(regex).matches();
  }

  static String lengthProblem(String regex) {
    return "'"
        + regex
        + "' looks like a length and is none; expected it as in ${x:12 bytes}, or the regular"
        + " expression in parentheses, as in ${x:("
        + regex
        + ")}";
  }

  /** Returns the offset of the brace that closes the placeholder that begins at the start. */
  static int closingBrace(String payload, int start, int offset) {
    int depth = 0;
    for (int i = offset; i < payload.length(); i++) {
      if (PayloadParser.isControl(payload.charAt(i))) {
        throw PayloadParser.controlCharacterError(payload, i);
      }
      switch (payload.charAt(i)) {
        case '\\' ->
            i += i + 1 < payload.length() && PayloadParser.isControl(payload.charAt(i + 1)) ? 0 : 1;
        case '{' -> depth++;
        case '}' -> {
          if (depth-- == 0) {
            return i;
          }
        }
        default -> {}
      }
    }
    throw ScriptException.atOffset(start, "expected the } that closes this placeholder");
  }

  /** Returns a placeholder without a constraint: one byte or more, whichever they are. */
  static Part.Placeholder placeholder(String name) {
    return new Part.Placeholder(name, new Part.AnyText());
  }

  static Part.Placeholder placeholder(String name, int offset, String source) {
    return new Part.Placeholder(name, constraint(offset, source));
  }

  private static Part.Constraint constraint(int offset, String source) {
    int space = source.indexOf(' ');
    String unit = source.substring(space + 1);
    boolean isCount = space > 0 && (unit.equals("bytes") || unit.equals("byte"));
    String number = isCount ? source.substring(0, space) : "";
    if (number.isEmpty() || !number.chars().allMatch(each -> each >= '0' && each <= '9')) {
      return regex(offset, source);
    }
    try {
      return new Part.Count(Integer.parseInt(number));
    } catch (IllegalArgumentException e) {
      throw ScriptException.atOffset(
          offset, "expected a number of bytes from 1 to " + Integer.MAX_VALUE);
    }
  }

  private static Part.Regex regex(int offset, String source) {
    if (source.isEmpty()) {
      throw ScriptException.atOffset(offset, "expected a regular expression after the colon");
    }
    if (isLikeLength(source)) {
      throw ScriptException.atOffset(offset, lengthProblem(source));
    }
    try {
      return new Part.Regex(source);
    } catch (PatternSyntaxException e) {
      int errorOffset = offset + Math.min(Math.max(e.getIndex(), 0), source.length());
      throw ScriptException.atOffset(
          errorOffset, "not a valid regular expression: " + e.getDescription());
    } catch (RuntimeException | StackOverflowError e) {
      throw ScriptException.atOffset(offset, "not a regular expression that can be compiled: " + e);
    }
  }
}
