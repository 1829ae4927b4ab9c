package dev.partyline.internal.secrets;

import dev.partyline.internal.secrets.SecretNames.Secrecy;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** What names say of their values: those of the standard, and those of the user. */
final class NamedSecrets {
  /** Of a longer name only the end is looked at. */
  static final int MAX_NAME_LENGTH = 128;

  /** A name whose value is a secret whatever form it has. */
  static final String ALWAYS_SECRET = "access_token";

  /** A name whose value is a secret if it has the form of one. */
  private static final String SECRET_BY_FORM = "auth";

  /** A name whose value is a secret if a machine has made it. */
  private static final String SECRET_IF_GENERATED = "primary_key";

  private static final int MAX_KNOWN_NAMES = 10_000;

  private final SecretRules rules;

  /** What was found of names before, because a body has the same ones again and again. */
  private final Map<String, Secrecy> knownNames = new HashMap<>();

  NamedSecrets(SecretRules rules) {
    this.rules = rules;
  }

  boolean isField(String name) {
    return secrecy(name) != Secrecy.NONE || rules.isAddedField(name);
  }

  /** Returns what a name of a query is called elsewhere, where it is too short to say anything. */
  String ofQuery(String name) {
    return isField(name)
        ? name
        : switch (name) {
          case "sk", "tk" -> SECRET_BY_FORM;
          case "key", "appid" -> SECRET_IF_GENERATED;
          default -> name;
        };
  }

  /** Returns whether a value is a secret by its name alone, also where other words are around. */
  boolean isTelling(String name) {
    Secrecy secrecy = secrecy(name);
    return secrecy == Secrecy.ALWAYS || secrecy == Secrecy.UNLESS_COUNT || isAdded(name);
  }

  boolean isHeader(String name) {
    return secrecy(name) != Secrecy.NONE || isAdded(name);
  }

  /** Returns whether the user has said that what is called so is a secret. */
  boolean isAdded(String name) {
    return rules.isAddedHeader(name) || rules.isAddedField(name);
  }

  /** Returns whether a value is called a token, which may also be one of a text. */
  boolean isToken(String name) {
    return name.toLowerCase(Locale.ROOT).endsWith("token") && !isAdded(name);
  }

  /**
   * Returns whether the standard says that a name has a secret, and its value has the form of one.
   */
  boolean isSecret(String name, String value) {
    Secrecy secrecy = secrecy(name);
    if (secrecy == Secrecy.NONE) {
      return false;
    }
    if (SecretForms.isOrdinary(value)) {
      return AuthorizationScheme.hasCredentials(name, value);
    }
    boolean isTokenState = isToken(name) && SecretForms.isTokenState(value);
    return switch (secrecy) {
      case NONE -> false;
      case BY_DIGITS -> SecretForms.isPin(name, value);
      case UNLESS_COUNT -> !SecretForms.isCount(value) && !isTokenState;
      case BY_FORM -> SecretForms.isCredential(value);
      case UNLESS_WORDS -> SecretForms.isCredential(value) && SecretForms.hasOddRun(value);
      case IF_GENERATED -> SecretForms.isGenerated(value);
      case UNLESS_NAME -> !SecretNames.isSecret(value);
      case IF_PHRASE -> SecretForms.isPhrase(value);
      case ALWAYS -> !isTokenState;
    };
  }

  /** Returns what the standard says of a name. */
  private Secrecy secrecy(String name) {
    if (!rules.standard()) {
      return Secrecy.NONE;
    }
    if (knownNames.size() > MAX_KNOWN_NAMES) {
      knownNames.clear();
    }
    return knownNames.computeIfAbsent(name, SecretNames::secrecy);
  }
}
