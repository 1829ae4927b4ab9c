package dev.partyline.internal.secrets;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Whether the name of a header, a field or an element says that its value is a secret. */
public final class SecretNames {
  /** What a name has in its last words, such as {@code X-Amz-Security-Token}. */
  private static final Set<String> SECRETS =
      Set.of(
          "authorization",
          "cookie",
          "token",
          "secret",
          "password",
          "passwd",
          "passphrase",
          "passcode",
          "pwd",
          "pass",
          "pw",
          "totp",
          "cvc",
          "cvv",
          "apikey",
          "signature",
          "sig",
          "session",
          "sessionid",
          "sid",
          "credential",
          "csrf",
          "xsrf",
          "jwt",
          "otp",
          "tokens",
          "secrets",
          "passwords",
          "credentials",
          "cookies",
          "requirepass",
          "masterauth");

  /** What is a secret also without anything between it and the word before it. */
  private static final List<String> ENDINGS =
      List.of(
          "authorization",
          "cookie",
          "token",
          "secret",
          "password",
          "passwd",
          "passphrase",
          "apikey",
          "signature",
          "credential",
          "credentials",
          "sessionid",
          "sessid",
          "csrf",
          "secretkey",
          "accesskey",
          "privatekey",
          "authkey",
          "sharedkey",
          "masterkey",
          "pwd",
          "bindpw",
          "rootpw",
          "dbpass",
          "storepass",
          "keypass");

  /** What is a secret in several words, whose last says nothing. */
  private static final List<String> PHRASES =
      List.of(
          "passphrase",
          "password",
          "codeverifier",
          "devicecode",
          "samlresponse",
          "registryauth",
          "passworddigest",
          "initialresponse",
          "jwtassertion",
          "clientassertion",
          "encryptioncustomerkey");

  /** What makes a {@code token} one that says only where a list goes on. */
  private static final Set<String> CURSORS = Set.of("page", "next", "continuation", "sync");

  /** What makes a {@code key} one that opens something. */
  private static final Set<String> KEY_KINDS =
      Set.of(
          "api",
          "access",
          "secret",
          "private",
          "auth",
          "signing",
          "signature",
          "encryption",
          "subscription",
          "account",
          "app",
          "application",
          "client",
          "functions",
          "hmac",
          "license",
          "insert",
          "sas",
          "service",
          "master",
          "shared",
          "storage");

  /** What follows the name of a secret without ending it, as in {@code session_id}. */
  private static final Set<String> TAILS =
      Set.of(
          "id",
          "key",
          "value",
          "hash",
          "string",
          "text",
          "data",
          "code",
          "new",
          "old",
          "confirmation",
          "confirm",
          "again",
          "repeat",
          "verify",
          "plain",
          "plaintext",
          "raw",
          "base64",
          "current",
          "access",
          "refresh",
          "ticket");

  private static final Pattern CAMEL_CASE =
      Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");
  private static final Pattern SEPARATORS = Pattern.compile("%[0-9A-Fa-f]{2}|[^A-Za-z0-9]+");

  private SecretNames() {}

  public static boolean isSecret(String name) {
    List<String> words = words(name);
    for (int i = words.size() - 1; i >= 0; i--) {
      String word = words.get(i);
      String before = i > 0 ? words.get(i - 1) : "";
      if (word.equals("token") && CURSORS.contains(before)) {
        return false;
      }
      if (i == words.size() - 1 && word.equals("id") && before.equals("key")) {
        // A key is told by its id, which is sent in clear.
        return false;
      }
      if (SECRETS.contains(word) || endsAsSecret(word)) {
        return true;
      }
      if (word.equals("key") && KEY_KINDS.contains(before) || isPhrase(words.subList(0, i + 1))) {
        return true;
      }
      if (!TAILS.contains(word)) {
        return false;
      }
    }
    return false;
  }

  private static boolean isPhrase(List<String> words) {
    String joined = String.join("", words);
    return PHRASES.stream().anyMatch(joined::endsWith);
  }

  private static boolean endsAsSecret(String word) {
    return ENDINGS.stream().anyMatch(word::endsWith);
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
