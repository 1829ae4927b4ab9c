package dev.partyline.weather;

import dev.partyline.wire.Recorded;
import java.util.Optional;

/** Something that keeps a recording of what passed through its faults. */
public interface Weathered extends Recorded {
  /** Returns a tap itself, and the weather of a {@link WeatherOwner}; empty for anything else. */
  static Optional<Weathered> of(Recorded recorded) {
    if (recorded instanceof Weathered weathered) {
      return Optional.of(weathered);
    }
    return recorded instanceof WeatherOwner owner ? Optional.of(owner.weather()) : Optional.empty();
  }

  /** Returns what the faults have done so far. */
  WeatherReport weatherReport();

  /**
   * Returns whether a connection or a datagram came, or may have come: the system does not tell
   * whom a {@linkplain Fault#refuse refusal} has refused.
   */
  default boolean isUsed() {
    WeatherReport report = weatherReport();
    return recording().connections() > 0
        || report.faults().stream()
            .anyMatch(fault -> report.hitCount(fault) > 0 || !report.isCounted(fault));
  }

  /** Returns the seed with which all random numbers of its weather are drawn again. */
  long seed();
}
