package dev.partyline.internal.secrets;

import dev.partyline.internal.secrets.SecretNames.Secrecy;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** What names say of their values: those of the standard, and those of the user. */
final class NamedSecrets {
  /** No name is longer; what is before it is not looked at. */
  static final int MAX_NAME_LENGTH = 128;

  /** A name whose value is a secret whatever form it has. */
  static final String ALWAYS_SECRET = "access_token";

  private static final int MAX_KNOWN_NAMES = 10_000;

  private final SecretRules rules;

  /** What was found of names before, because a body has the same ones again and again. */
  private final Map<String, Secrecy> knownNames = new HashMap<>();

  NamedSecrets(SecretRules rules) {
    this.rules = rules;
  }

  boolean isField(String name) {
    return secrecy(name) != Secrecy.NONE || rules.isAdded(name, false);
  }

  boolean isHeader(String name) {
    return secrecy(name) != Secrecy.NONE || rules.isAdded(name, true);
  }

  /** Returns whether the user has said that what is called so is a secret. */
  boolean isAdded(String name) {
    return rules.isAdded(name, true) || rules.isAdded(name, false);
  }

  /** Returns whether a value is called a token, which may also be one of a text. */
  boolean isToken(String name) {
    return name.toLowerCase(Locale.ROOT).endsWith("token") && !isAdded(name);
  }

  /** Returns what the standard says of a name. */
  Secrecy secrecy(String name) {
    if (!rules.standard()) {
      return Secrecy.NONE;
    }
    if (knownNames.size() > MAX_KNOWN_NAMES) {
      knownNames.clear();
    }
    return knownNames.computeIfAbsent(name, SecretNames::secrecy);
  }
}
