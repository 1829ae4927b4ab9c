package dev.partyline.internal.secrets;

import dev.partyline.internal.secrets.stream.Layer;
import dev.partyline.internal.secrets.stream.TextScan;
import java.util.regex.Pattern;

/**
 * Masks the values that can be secret by what their name says and by their form; each method
 * returns where to look on, which is 0 if nothing was masked.
 */
final class ValueMask {
  /** Where a value stands, which says what else it may be. */
  enum Place {
    /** In quotes, or where a form, a URL or an element has nothing but values. */
    QUOTED,
    /** After a name of a line, where a program has a type or an expression. */
    FIELD,
    /** After an equals sign with blanks around it, as programs have it. */
    ASSIGNMENT,
    /** In a list of numbers, of which small ones count something. */
    LISTED,
    /** Where a sentence or a variable stands as often, so that a word is no secret. */
    AMONG_WORDS
  }

  /** A longer value is a secret, because looking at it again and again would take too long. */
  static final int MAX_ORDINARY_LENGTH = 512;

  /** The name of a field that says who logs in. */
  private static final Pattern USER =
      Pattern.compile(
          "(?i)(?:user(?!-agent)|usr|login|e?mail|account|nick)\\w{0,16}[\"'\\]]?\\s?[:=>]");

  private final Layer layer;
  private final TextScan scan;
  private final QuotedText strings;
  private final NamedSecrets names;

  ValueMask(Layer layer, TextScan scan, QuotedText strings, NamedSecrets names) {
    this.layer = layer;
    this.scan = scan;
    this.strings = strings;
    this.names = names;
  }

  /** Masks a value unless it cannot be a secret. */
  int value(String name, int start, int end, Place place) {
    boolean isLong = end - start > MAX_ORDINARY_LENGTH;
    if (!isLong && !names.isAdded(name) && !isSecret(name, start, end, place)) {
      return 0;
    }
    layer.mask(start, end);
    return end;
  }

  /** Masks what is between the quote at an offset and the next. */
  int string(String name, int offset, String quote) {
    int start = offset + quote.length();
    return value(name, start, strings.end(start, quote), Place.QUOTED);
  }

  /** Masks a word that is among others, unless a call is made with it. */
  int word(String name, int start) {
    int end = start;
    if (start < scan.length() && "{[(".indexOf(scan.charAt(start)) >= 0) {
      return 0;
    }
    while (end < scan.length() && scan.charAt(end) > ' ' && !isWordEnd(end)) {
      end++;
    }
    return value(name, start, end, Place.AMONG_WORDS);
  }

  private boolean isWordEnd(int offset) {
    return ",;\"'<>)}\\`".indexOf(scan.charAt(offset)) >= 0;
  }

  int number(String name, int start) {
    return value(name, start, numberEnd(start), Place.FIELD);
  }

  /** Masks a number of a list, and returns where it ends. */
  int numberInList(String name, int start) {
    int end = numberEnd(start);
    value(name, start, end, Place.LISTED);
    return end;
  }

  private int numberEnd(int offset) {
    int end = offset;
    while (end < scan.length() && "+-.0123456789".indexOf(scan.charAt(end)) >= 0) {
      end++;
    }
    return end;
  }

  private boolean isSecret(String name, int start, int end, Place place) {
    String value = scan.text(start, Math.max(start, end)).strip();
    boolean isCount =
        place == Place.LISTED
            ? SecretForms.isCount(value)
            : isPlural(name) && numberEnd(start) >= scan.strippedEnd(end);
    if (isCount
        || SecretForms.isPath(name, value)
        || place == Place.QUOTED && SecretForms.isResult(name, value)
        || SecretForms.isTicket(name, value) && !isNearUser(start, end)
        || place != Place.QUOTED && SecretForms.isCode(name, value)
        || place == Place.ASSIGNMENT && SecretForms.isVariable(name, value)
        || place == Place.AMONG_WORDS && !SecretForms.isCredential(value)) {
      return false;
    }
    return names.isSecret(name, value);
  }

  /** Returns whether what is around a value names who logs in with it. */
  private boolean isNearUser(int start, int end) {
    int first = Math.max(0, start - MAX_ORDINARY_LENGTH);
    int last = Math.min(scan.length(), end + MAX_ORDINARY_LENGTH);
    return USER.matcher(scan.text(first, last)).find();
  }

  private static boolean isPlural(String name) {
    int last = name.length() - 1;
    // Codes are numbers themselves.
    return last > 0
        && !name.regionMatches(true, last - 4, "codes", 0, 5)
        && Character.toLowerCase(name.charAt(last)) == 's'
        && Character.toLowerCase(name.charAt(last - 1)) != 's';
  }
}
