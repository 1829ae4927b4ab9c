package dev.partyline.script;

/**
 * What names may look like.
 *
 * <p>Looked at letter by letter here: the first regular expression of a JVM costs more than all the
 * rest of reading a script.
 */
final class Identifiers {
  /** The placeholder that takes without keeping. */
  static final String ANONYMOUS = "*";

  static final String BODY_LENGTH = "body-length";

  private Identifiers() {}

  /** Returns where the name of a placeholder ends that begins at an offset; there if none does. */
  static int endOffset(String text, int offset) {
    if (text.startsWith(ANONYMOUS, offset)) {
      return offset + 1;
    }
    int end = offset;
    while (end < text.length()
        && (isLetter(text.charAt(end)) || end > offset && isInner(text.charAt(end)))) {
      end++;
    }
    return end;
  }

  /** Whether a name can be given a value. */
  static boolean isName(String text) {
    return !text.isEmpty()
        && endOffset(text, 0) == text.length()
        && !text.equals(ANONYMOUS)
        && !text.equals(BODY_LENGTH);
  }

  /** Whether a mark can be called that. */
  static boolean isMark(String text) {
    for (int i = 0; i < text.length(); i++) {
      char each = text.charAt(i);
      boolean inner = each == '-' || each == '.';
      if (!(isLetter(each) || isDigit(each) || i > 0 && inner)) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  private static boolean isLetter(char each) {
    return each >= 'a' && each <= 'z' || each >= 'A' && each <= 'Z' || each == '_';
  }

  private static boolean isInner(char each) {
    return isDigit(each) || each == '-';
  }

  private static boolean isDigit(char each) {
    return each >= '0' && each <= '9';
  }
}
