package dev.partyline.junit5.internal;

import dev.partyline.junit5.internal.jupiter.InjectionPoint;
import dev.partyline.weather.Weather;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** The weather that a test, a class or a tap asks for, and the taps that came under it. */
public final class WeatherRequest {
  private final InjectionPoint injectionPoint;
  private final Supplier<Weather> weather;
  private final List<String> taps;
  private final Set<String> claimedTaps = new HashSet<>();

  /**
   * Makes a request that no tap has claimed yet.
   *
   * @param taps the names of the taps that it is for; empty if it is for all
   */
  public WeatherRequest(
      InjectionPoint injectionPoint, Supplier<Weather> weather, List<String> taps) {
    this.injectionPoint = injectionPoint;
    this.weather = weather;
    this.taps = taps;
  }

  InjectionPoint injectionPoint() {
    return injectionPoint;
  }

  /** Returns whether the request is for a tap, and notes that. */
  public synchronized boolean claim(String tap) {
    if (!taps.isEmpty() && !taps.contains(tap)) {
      return false;
    }
    claimedTaps.add(tap);
    return true;
  }

  public Weather weather() {
    return weather.get();
  }

  /**
   * Returns the failure that no tap claimed it, or that a named tap did not.
   *
   * @throws org.junit.jupiter.api.extension.ExtensionConfigurationException if there is no such
   *     weather, which no tap has noticed then
   */
  synchronized Optional<String> failure() {
    if (claimedTaps.isEmpty()) {
      weather();
    }
    List<String> missing =
        taps.stream().filter(tap -> !claimedTaps.contains(tap)).distinct().toList();
    if (!missing.isEmpty()) {
      return Optional.of(
          injectionPoint
              + " has taps = \""
              + String.join("\", \"", missing)
              + "\", but there was no field and no parameter of that name under @Tapped\n");
    }
    return claimedTaps.isEmpty()
        ? Optional.of(injectionPoint + " had no tap to make weather for: put one under @Tapped\n")
        : Optional.empty();
  }
}
