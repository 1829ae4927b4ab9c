package dev.partyline.internal.secrets;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Whether a value has the form of a secret, whatever its name says. */
final class SecretForms {
  private static final int MIN_RUN = 6;
  private static final int MIN_LETTERS = 8;

  /** No word of one case is so long in any language that analyzers know. */
  private static final int MIN_UNBROKEN_LETTERS = 24;

  private static final double MIN_LETTERS_OF_A_WORD = 2.5;

  private static final Set<String> STATES =
      Set.of(
          "true",
          "false",
          "null",
          "none",
          "nil",
          "undefined",
          "yes",
          "no",
          "on",
          "off",
          "required",
          "optional",
          "redacted",
          "filtered",
          "string",
          "~",
          "?",
          "[]",
          "{}");

  private static final Set<String> TOKEN_STATES =
      Set.of("valid", "invalid", "expired", "missing", "revoked", "fetch", "refresh", "next");

  private static final Pattern PLACEHOLDER =
      Pattern.compile(
          "[*.]+|[xX]{3,}|<[^<>]*>|\\$?\\{\\{.*\\}\\}|[$#]\\{.*\\}|\\$\\(.*|\\{[\\w.-]+\\}"
              + "|\\[[A-Za-z_ -]+\\]|%[sdv]|%\\(\\w+\\)s|%\\w+%|\\$[A-Z_]{2,}|[$@]p?\\d+"
              + "|[:@$][A-Za-z_]*(?i:password|passwd|pwd|token|secret|key)"
              + "|(?i:your[-_ ][a-z_ -]+)");

  /** An expression or a type of a program, which is not in quotes. */
  private static final Pattern CODE =
      Pattern.compile(
          "(?:(?i:string|str|text|bytes|bool|boolean)|&str|char\\[\\])[!?]?(?: ?[|=] ?\\w+)*[;,]?"
              + "|(?:=|await|new)? ?[A-Za-z_$]+(?:\\.[\\w$]+)*"
              + "(?:\\([A-Za-z_$.,\"' ]*\\)|\\[[A-Za-z_$.,\"' \\[\\]]*\\])[\\w.();,]*(?: = \\w+,?)?"
              + "|(?i:process|this|self|os|env|config|req|request|form|system)\\.[\\w.]+[;,]?");

  /** What is assigned to a variable, where no value of a file or a header is. */
  private static final Pattern ASSIGNED = Pattern.compile("[A-Za-z_$.]+;|[A-Za-z_][\\w.]*\\(");

  /** What only a sentence about a secret has. */
  private static final Set<String> SPEAKING_WORDS =
      Set.of(
          "must",
          "can't",
          "cannot",
          "field",
          "characters",
          "letters",
          "digit",
          "digits",
          "uppercase",
          "lowercase",
          "minimum",
          "please",
          "invalid",
          "incorrect",
          "mismatch",
          "expired",
          "forgotten",
          "required");

  /** What such a sentence begins with. */
  private static final Set<String> FIRST_WORDS =
      Set.of("is", "are", "has", "should", "enter", "ask", "your", "doesn't");

  private static final Set<String> NAMES_OF_SECRETS =
      Set.of(
          "password",
          "passwords",
          "passphrase",
          "passcode",
          "secret",
          "token",
          "key",
          "cookies",
          "passwort",
          "kennwort",
          "passe",
          "senha",
          "wachtwoord",
          "contrase\u00e3\u00b1a",
          "pin");

  private static final Pattern PROSE_WORD =
      Pattern.compile(
          "[\"'(\u0080-\u00ff]*(?:[A-Za-z\u0080-\u00ff'/-]+|\\d{1,3}(?:[-+\u0080-\u00ff]{1,3}(?:\\d{1,3})?)?|\\{\\d\\})[\"').,:;!?\u0080-\u00ff]*|[?!&+-]");

  private static final Pattern ESCAPE = Pattern.compile("\\\\(?:u[0-9A-Fa-f]{4}|.)");

  /** A URL, a color, a resource of AWS, an address of a chain, or what Twilio calls a SID. */
  private static final Pattern PUBLIC =
      Pattern.compile(
          "\\S+://\\S*|#[0-9A-Fa-f]{3,8}\\b|\\barn:aws\\S*|\\b0x[0-9A-Fa-f]{40}\\b"
              + "|\\b[A-Z]{2}[0-9a-f]{32}\\b");

  private static final Pattern BLANKS = Pattern.compile("\\s+");
  private static final Pattern SEPARATORS = Pattern.compile("[^A-Za-z0-9\u0080-\u00ff]+");
  private static final Pattern HUMP = Pattern.compile("[A-Z]+(?![a-z])|[A-Z]?[a-z]+");
  private static final Pattern DIGITS = Pattern.compile("\\d+");

  /** A word, a number with its unit, a part of a time, or a word with a number. */
  private static final Pattern ORDINARY_RUN =
      Pattern.compile("[A-Za-z]?[a-z]*\\d*|[A-Z]+\\d*|\\d+[A-Za-z]{0,2}|\\d\\dT\\d\\d");

  private static final Pattern TRAILING = Pattern.compile("[,;]$");
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_$.]+;?");
  private static final Pattern WORKING_FOLDER = Pattern.compile("(?i)(?:old)?pwd");

  /** A number, by itself, of another or before words. */
  private static final Pattern COUNT =
      Pattern.compile("\\d{1,3}(?:/\\d{1,3}|,? [A-Za-z]{2,}\\b.*)?");

  /** What a payment is checked with, of which the result may stand under the same name. */
  private static final Pattern CHECKED = Pattern.compile("(?i)authorization|cv[cv]");

  private static final Set<String> RESULTS =
      Set.of("approved", "granted", "pending", "declined", "denied", "pass", "fail", "unchecked");

  private static final Pattern WORD = Pattern.compile("[A-Za-z]+");
  private static final Pattern PIN = Pattern.compile("\\d{4,8}");

  /** What India calls a PIN code. */
  private static final Pattern POSTAL_CODE = Pattern.compile("(?i).*code \\d{6}");

  private static final int MIN_GENERATED = 16;
  private static final Pattern GENERATED = Pattern.compile("[\\w+/%~-]{16,}+={0,2}");

  /** The phrase of a wallet has 12 to 24 words of 3 to 8 letters (BIP 39). */
  private static final Pattern PHRASE = Pattern.compile("[a-z]{3,8}(?:[ ,]{1,2}[a-z]{3,8}){11,23}");

  private static final Pattern ALGORITHM =
      Pattern.compile("(?i)(?:sha|md|aes|ed|oauth|base|utf|hmac|hmacsha|rsa)\\d+");

  private SecretForms() {}

  /** Returns whether a value is none: a word for its state, a placeholder, or about secrets. */
  static boolean isOrdinary(String text) {
    String value = TRAILING.matcher(text).replaceFirst("");
    return STATES.contains(value.toLowerCase(Locale.ROOT))
        || PLACEHOLDER.matcher(value).matches()
        || isProse(value);
  }

  /** Returns whether the value of a name is an expression or a type of a program, or a style. */
  static boolean isCode(String name, String value) {
    return CODE.matcher(value).matches()
        || value.equals(name + ",")
        || name.startsWith(".") && value.contains("{");
  }

  /** Returns whether what is assigned to a variable or a field is another one. */
  static boolean isVariable(String name, String value) {
    boolean isField = name.startsWith("this.") || name.startsWith("self.");
    return ASSIGNED.matcher(value).matches() || isField && VARIABLE.matcher(value).matches();
  }

  /** Returns whether a value is the folder that shells call {@code PWD}. */
  static boolean isPath(String name, String value) {
    return value.startsWith("/") && WORKING_FOLDER.matcher(name).matches();
  }

  static boolean isTokenState(String value) {
    return TOKEN_STATES.contains(value.toLowerCase(Locale.ROOT));
  }

  /** Returns whether a value is the result of a check, and not what is checked. */
  static boolean isResult(String name, String value) {
    return CHECKED.matcher(name).matches() && RESULTS.contains(value.toLowerCase(Locale.ROOT));
  }

  /** Returns whether a value may also be a class or a ticket, as a pass for a train has it. */
  static boolean isTicket(String name, String value) {
    return name.equalsIgnoreCase("pass") && WORD.matcher(value).matches();
  }

  static boolean isCount(String value) {
    return COUNT.matcher(value).matches();
  }

  /** Returns whether a value is a number that opens something, rather than a postal code. */
  static boolean isPin(String name, String value) {
    return PIN.matcher(value).matches() && !POSTAL_CODE.matcher(name + " " + value).matches();
  }

  /** Returns whether a value is as long and as mixed as the keys that machines make. */
  static boolean isGenerated(String value) {
    return GENERATED.matcher(value).matches()
        && hasOddRun(SEPARATORS.splitAsStream(value).filter(run -> run.length() >= MIN_GENERATED));
  }

  /** Returns whether a value has a part that is neither a word nor one with a number. */
  static boolean hasOddRun(String value) {
    return hasOddRun(SEPARATORS.splitAsStream(value));
  }

  private static boolean hasOddRun(Stream<String> runs) {
    return runs.anyMatch(SecretForms::isOdd);
  }

  static boolean isPhrase(String value) {
    return PHRASE.matcher(value).matches();
  }

  /** Returns whether a value is a label, such as {@code Your password}, or a sentence. */
  private static boolean isProse(String value) {
    String[] words = BLANKS.split(value, -1);
    boolean speaks = FIRST_WORDS.contains(words[0].toLowerCase(Locale.ROOT));
    boolean isCapitalized = !value.isEmpty() && value.charAt(0) >= 'A' && value.charAt(0) <= 'Z';
    for (String word : words) {
      if (!PROSE_WORD.matcher(word).matches()) {
        return false;
      }
      String letters = word.toLowerCase(Locale.ROOT).replaceAll("[\"(),.:;!?]", "");
      boolean isName = NAMES_OF_SECRETS.contains(letters) || SecretNames.isSecret(letters);
      speaks |= SPEAKING_WORDS.contains(letters) || isCapitalized && isName;
    }
    // A password may be a word for itself, but is seldom written as a label is.
    return speaks && (words.length > 1 || isLabel(value));
  }

  private static boolean isLabel(String word) {
    return word.charAt(0) >= 'A'
        && word.charAt(0) <= 'Z'
        && NAMES_OF_SECRETS.contains(word.toLowerCase(Locale.ROOT));
  }

  /** Returns whether a value has a part that is no word, number, date, address or algorithm. */
  static boolean isCredential(String value) {
    String text = PUBLIC.matcher(ESCAPE.matcher(value).replaceAll(" ")).replaceAll(" ");
    if (text.chars().anyMatch(c -> "()<>[]".indexOf(c) >= 0)) {
      return false;
    }
    if (text.endsWith("=") && text.length() >= MIN_LETTERS) {
      return true;
    }
    int oddRuns = 0;
    for (String run : SEPARATORS.split(text, -1)) {
      if (isCredentialRun(run)) {
        return true;
      }
      oddRuns += isOdd(run) ? 1 : 0;
    }
    return oddRuns > 1 && text.length() >= MIN_LETTERS;
  }

  private static boolean isOdd(String run) {
    boolean isMixed = DIGITS.matcher(run).find() || isMixed(run);
    return isMixed && !ORDINARY_RUN.matcher(run).matches();
  }

  private static boolean isCredentialRun(String run) {
    if (run.length() < MIN_RUN
        || ALGORITHM.matcher(run).matches()
        || run.chars().anyMatch(c -> c >= 0x80)) {
      return false;
    }
    boolean hasDigits = DIGITS.matcher(run).find();
    return hasDigits
        || run.length() >= MIN_UNBROKEN_LETTERS && isOneCase(run)
        || run.length() >= MIN_LETTERS && isMixed(run);
  }

  private static boolean isOneCase(String letters) {
    return letters.equals(letters.toLowerCase(Locale.ROOT))
        || letters.equals(letters.toUpperCase(Locale.ROOT));
  }

  /** Returns whether letters change their case too often for words that are joined. */
  private static boolean isMixed(String letters) {
    int humps = 0;
    for (Matcher hump = HUMP.matcher(letters); hump.find(); ) {
      humps++;
    }
    return letters.length() < MIN_LETTERS_OF_A_WORD * humps;
  }
}
