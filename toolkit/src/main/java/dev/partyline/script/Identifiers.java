package dev.partyline.script;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What names may look like. */
final class Identifiers {
  /** The placeholder that takes bytes without keeping them. */
  static final String ANONYMOUS = "*";

  static final String BODY_LENGTH = "body-length";

  /** What the name of a mark must be, for an error. */
  static final String MARK_RULE =
      "letters, digits and '_', and after the first also '.' and '-', such as ready";

  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");
  private static final Pattern MARK = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]*");

  private Identifiers() {}

  /** Returns where the placeholder's name ends that begins at the offset; the offset if none. */
  static int endOffset(String text, int offset) {
    if (text.startsWith(ANONYMOUS, offset)) {
      return offset + ANONYMOUS.length();
    }
    Matcher matcher = NAME.matcher(text).region(offset, text.length());
    return matcher.lookingAt() ? matcher.end() : offset;
  }

  /** Whether a name can be given a value. */
  static boolean isName(String text) {
    return NAME.matcher(text).matches() && !text.equals(BODY_LENGTH);
  }

  /** Whether a mark can have this name. */
  static boolean isMark(String text) {
    return MARK.matcher(text).matches();
  }
}
