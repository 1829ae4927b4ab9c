package dev.partyline.junit5.internal;

import dev.partyline.junit5.internal.jupiter.InjectionPoint;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which taps set which system properties, in the whole run. */
final class SystemPropertyLocks {
  private final Map<String, Lock> locks = new HashMap<>();

  /** Takes a property, unless endpoints have it that are not around these; then returns where. */
  synchronized Optional<InjectionPoint> acquire(
      String property, TestEndpoints endpoints, InjectionPoint injectionPoint) {
    Lock current = locks.get(property);
    if (current != null && !endpoints.isWithin(current.endpoints)) {
      return Optional.of(current.injectionPoint);
    }
    locks.put(property, new Lock(endpoints, injectionPoint, current));
    return Optional.empty();
  }

  synchronized void release(String property) {
    locks.computeIfPresent(property, (name, current) -> current.previous);
  }

  private record Lock(
      TestEndpoints endpoints, InjectionPoint injectionPoint, @Nullable Lock previous) {}
}
