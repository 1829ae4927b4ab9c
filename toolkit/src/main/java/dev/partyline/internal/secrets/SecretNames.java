package dev.partyline.internal.secrets;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Whether the name of a header, a field or an element says that its value is a secret. */
public final class SecretNames {
  /** What a name says of its value. */
  enum Secrecy {
    NONE,
    /** A secret if it has the form of one, because many things are called so. */
    BY_FORM,
    /** A secret if it has the form of one, and is not a word with a number either. */
    UNLESS_WORDS,
    /** A secret if it is as long and as mixed as what a machine makes. */
    IF_GENERATED,
    /** A secret if it has as many words as the phrase of a wallet. */
    IF_PHRASE,
    /** A secret if it is a number of a few digits. */
    BY_DIGITS,
    /** A secret unless it is a small number, because tests pass and sessions are counted. */
    UNLESS_COUNT,
    /** A secret unless it is the name of one, because a form is told so where it stands. */
    UNLESS_NAME,
    ALWAYS
  }

  /** What a name says if it has no other words; what signs a mail is public (RFC 6376, 8617). */
  private static final Map<String, Secrecy> OF_WHOLE_NAMES =
      Map.of(
          "refresh",
          Secrecy.BY_FORM,
          "tokens",
          Secrecy.UNLESS_WORDS,
          "dkimsignature",
          Secrecy.NONE,
          "xgoogledkimsignature",
          Secrecy.NONE,
          "arcmessagesignature",
          Secrecy.NONE,
          "domainkeysignature",
          Secrecy.NONE);

  /** What the last word of a name says, whatever is before it. */
  private static final Map<String, Secrecy> OF_WORDS =
      Map.of(
          "pin", Secrecy.BY_DIGITS,
          "mnemonic", Secrecy.IF_PHRASE,
          "pat", Secrecy.IF_GENERATED);

  private static final Pattern CAMEL_CASE =
      Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");
  private static final Pattern SEPARATORS = Pattern.compile("%[0-9A-Fa-f]{2}|[^A-Za-z0-9]+");

  private SecretNames() {}

  /** Returns whether a value of this name is a secret, or may be one. */
  public static boolean isSecret(String name) {
    return secrecy(name) != Secrecy.NONE;
  }

  static Secrecy secrecy(String name) {
    List<String> words = words(name);
    Secrecy ofWholeName = OF_WHOLE_NAMES.get(String.join("", words));
    if (ofWholeName != null) {
      return ofWholeName;
    }
    for (int i = words.size() - 1; i >= 0; i--) {
      String word = words.get(i);
      String before = i > 0 ? words.get(i - 1) : "";
      if (word.equals("token") && SecretWords.CURSORS.contains(before)) {
        return Secrecy.NONE;
      }
      if (i == words.size() - 1 && word.equals("id") && SecretWords.PUBLIC_IDS.contains(before)) {
        return Secrecy.NONE;
      }
      if (word.equals("id") && before.equals("secret")) {
        // AWS calls so the name of a secret, and Vault a part of it.
        return Secrecy.BY_FORM;
      }
      if (SecretWords.FIELD_TAILS.contains(word) && i > 0) {
        return secrecy(words, i - 1, i > 1 ? words.get(i - 2) : "") == Secrecy.ALWAYS
            ? Secrecy.UNLESS_NAME
            : Secrecy.NONE;
      }
      Secrecy secrecy = secrecy(words, i, before);
      if (secrecy != Secrecy.NONE || !SecretWords.TAILS.contains(word)) {
        return secrecy;
      }
    }
    return Secrecy.NONE;
  }

  private static Secrecy secrecy(List<String> words, int last, String before) {
    String word = words.get(last);
    Secrecy ofWord = OF_WORDS.get(word);
    if (ofWord != null) {
      return ofWord;
    }
    if (word.equals("pass") && SecretWords.TICKETS.contains(before)) {
      return Secrecy.BY_FORM;
    }
    String joined = String.join("", words.subList(0, last + 1));
    if (word.equals("pass") || word.equals("pw") || endsWithAny(joined, SecretWords.COUNTED)) {
      return Secrecy.UNLESS_COUNT;
    }
    if (SecretWords.SECRETS.contains(word)
        || endsWithAny(word, SecretWords.ENDINGS)
        || word.equals("token") && SecretWords.TOKEN_KINDS.contains(before)
        || SecretWords.SECRETS_OF_HEADERS.contains(word) && words.get(0).equals("x")
        || isKey(word, before)
        || endsWithAny(joined, SecretWords.PHRASES)) {
      return Secrecy.ALWAYS;
    }
    if (word.equals("key") && SecretWords.COLUMN_KINDS.contains(before)) {
      return Secrecy.IF_GENERATED;
    }
    return SecretWords.AMBIGUOUS.contains(word) || endsWithAny(word, SecretWords.AMBIGUOUS_ENDINGS)
        ? Secrecy.BY_FORM
        : Secrecy.NONE;
  }

  /** Returns whether a word ends in {@code key}, and says in itself or before what it opens. */
  private static boolean isKey(String word, String before) {
    if (!word.endsWith("key")) {
      return false;
    }
    String kind = word.equals("key") ? before : word.substring(0, word.length() - 3);
    return SecretWords.SHORT_KEY_KINDS.contains(kind) || endsWithAny(kind, SecretWords.KEY_KINDS);
  }

  private static boolean endsWithAny(String word, List<String> endings) {
    return endings.stream().anyMatch(word::endsWith);
  }

  /**
   * Returns the words of a name in small letters; a number at the end of a word is not part of it.
   */
  private static List<String> words(String name) {
    List<String> words = new ArrayList<>();
    String spaced = CAMEL_CASE.matcher(SEPARATORS.matcher(name).replaceAll(" ")).replaceAll(" ");
    for (String word : spaced.split(" ", -1)) {
      String letters = word.toLowerCase(Locale.ROOT);
      while (!letters.isEmpty() && Character.isDigit(letters.charAt(letters.length() - 1))) {
        letters = letters.substring(0, letters.length() - 1);
      }
      if (!letters.isEmpty()) {
        words.add(letters);
      }
    }
    return words;
  }
}
