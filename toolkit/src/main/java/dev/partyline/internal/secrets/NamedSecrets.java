package dev.partyline.internal.secrets;

import java.util.HashMap;
import java.util.Map;

/** Which names say that their value is secret: those of the standard, and those of the user. */
final class NamedSecrets {
  /** No name is longer; what is before it is not looked at. */
  static final int MAX_NAME_LENGTH = 128;

  private static final int MAX_KNOWN_NAMES = 10_000;

  private final SecretRules rules;

  /** What was found of names before, because a body has the same ones again and again. */
  private final Map<String, Boolean> knownNames = new HashMap<>();

  NamedSecrets(SecretRules rules) {
    this.rules = rules;
  }

  boolean isField(String name) {
    return isStandard(name) || rules.isAdded(name, false);
  }

  boolean isHeader(String name) {
    return isStandard(name) || rules.isAdded(name, true);
  }

  private boolean isStandard(String name) {
    if (!rules.standard()) {
      return false;
    }
    if (knownNames.size() > MAX_KNOWN_NAMES) {
      knownNames.clear();
    }
    return knownNames.computeIfAbsent(name, SecretNames::isSecret);
  }
}
