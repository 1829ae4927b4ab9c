package dev.partyline.junit5.internal.jupiter;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Which test, or which class, has set a field, in the whole run. */
public final class FieldClaims {
  private final Map<InjectedField, String> owners = new ConcurrentHashMap<>();

  /** Takes a field, unless it is taken; then returns the test or class that has it. */
  public Optional<String> acquire(InjectedField field, String owner) {
    return Optional.ofNullable(owners.putIfAbsent(field, owner));
  }

  public void release(InjectedField field) {
    owners.remove(field);
  }
}
