package dev.partyline.junit5;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who fills which system property, in the whole run. */
final class SystemPropertyLocks {
  private final Map<String, Holder> holders = new HashMap<>();

  /** Takes a property, unless somebody has it who is not around the cast; then it returns who. */
  synchronized Optional<InjectionPoint> take(
      String property, TestEndpoints cast, InjectionPoint element) {
    Holder now = holders.get(property);
    if (now != null && !cast.isWithin(now.cast)) {
      return Optional.of(now.element);
    }
    holders.put(property, new Holder(cast, element, now));
    return Optional.empty();
  }

  synchronized void giveBack(String property) {
    holders.computeIfPresent(property, (name, now) -> now.before);
  }

  private record Holder(TestEndpoints cast, InjectionPoint element, @Nullable Holder before) {}
}
