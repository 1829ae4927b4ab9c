package dev.partyline.internal.secrets;

import dev.partyline.internal.secrets.ValueMask.Place;
import dev.partyline.internal.secrets.stream.TextScan;

/**
 * The values that nothing but blanks separates from their name, where what is before the name says
 * so: options of a command, settings of a container's file, and logins of {@code .netrc}.
 */
final class SpacedValues {
  private static final String[] SETTINGS = {"ENV ", "ARG ", "setenv "};
  private static final String LOGIN = "login ";
  private static final String PASSWORD = "password";

  private final TextScan scan;
  private final NamedSecrets names;
  private final ValueMask mask;

  SpacedValues(TextScan scan, NamedSecrets names, ValueMask mask) {
    this.scan = scan;
    this.names = names;
    this.mask = mask;
  }

  void mask() {
    for (int i = scan.indexOf(" --", 0); i < scan.length(); i = scan.indexOf(" --", i + 1)) {
      named(i + 3, Place.AMONG_WORDS);
    }
    for (String setting : SETTINGS) {
      for (int i = scan.indexOf(setting, 0);
          i < scan.length();
          i = scan.indexOf(setting, i + setting.length())) {
        if (scan.isAtLineStart(i)) {
          named(scan.skipBlanks(i + setting.length()), Place.FIELD);
        }
      }
    }
    for (int i = scan.indexOf(LOGIN, 0);
        i < scan.length();
        i = scan.indexOf(LOGIN, i + LOGIN.length())) {
      login(i, scan.skipBlanks(i + LOGIN.length()));
    }
  }

  /** Masks the word after a name; that of a setting is alone on the rest of its line. */
  private void named(int nameStart, Place place) {
    int nameEnd = wordEnd(nameStart);
    int start = scan.skipBlanks(nameEnd);
    if (start == nameEnd || !names.isTelling(scan.text(nameStart, nameEnd))) {
      return;
    }
    int end = wordEnd(start);
    if (place == Place.AMONG_WORDS) {
      mask.word(scan.text(nameStart, nameEnd), start);
    } else if (end == scan.strippedEnd(scan.lineEnd(start))) {
      mask.value(scan.text(nameStart, nameEnd), start, end, place);
    }
  }

  /** Masks the password that follows a login, which a machine before it makes sure. */
  private void login(int offset, int userStart) {
    int name = scan.skipWhitespace(wordEnd(userStart));
    int start = scan.skipBlanks(name + PASSWORD.length());
    if (!scan.startsWith(name, PASSWORD) || start == name + PASSWORD.length()) {
      return;
    }
    int hostEnd = scan.skipWhitespaceBackwards(offset);
    int host = wordStart(hostEnd);
    boolean isSure =
        scan.endsWith(hostEnd, "default")
            || scan.endsWith(scan.skipWhitespaceBackwards(host), "machine");
    mask.value(PASSWORD, start, wordEnd(start), isSure ? Place.QUOTED : Place.AMONG_WORDS);
  }

  private int wordStart(int endOffset) {
    int start = endOffset;
    while (start > 0
        && endOffset - start < NamedSecrets.MAX_NAME_LENGTH
        && scan.charAt(start - 1) > ' ') {
      start--;
    }
    return start;
  }

  private int wordEnd(int offset) {
    int end = offset;
    while (end < scan.length()
        && end - offset < ValueMask.MAX_ORDINARY_LENGTH
        && scan.charAt(end) > ' ') {
      end++;
    }
    return end;
  }
}
