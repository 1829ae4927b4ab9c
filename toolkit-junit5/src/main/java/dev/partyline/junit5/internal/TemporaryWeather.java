package dev.partyline.junit5.internal;

import dev.partyline.loopback.Tap;
import dev.partyline.weather.Fault;
import dev.partyline.weather.FaultGuard;
import dev.partyline.weather.Weather;
import dev.partyline.weather.WeatherReport;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Weather for some of the time in which a tap runs. */
final class TemporaryWeather {
  private final ManagedTap managedTap;
  private final FaultGuard guard;

  /** The faults that must fire, and how often each had hit before. */
  private final Map<Fault, Long> hitsBefore = new HashMap<>();

  private TemporaryWeather(ManagedTap managedTap, Weather weather) {
    this.managedTap = managedTap;
    WeatherReport report = managedTap.endpoint().weatherReport();
    for (Fault fault : weather.faults()) {
      if (fault.equals(fault.mustFire())) {
        hitsBefore.put(fault, report.hitCount(fault));
      }
    }
    this.guard = managedTap.endpoint().inject(weather.faults().toArray(Fault[]::new));
  }

  static TemporaryWeather start(ManagedTap managedTap, WeatherRequest request) {
    Weather weather = request.weather();
    Tap tap = managedTap.endpoint();
    if (weather.seed() != 0 && weather.seed() != tap.seed()) {
      throw request
          .injectionPoint()
          .configurationError(
              String.format(
                  "has the seed %d, but %s is running already, with the seed %d: set it on the tap",
                  weather.seed(), managedTap, tap.seed()));
    }
    try {
      return new TemporaryWeather(managedTap, weather);
    } catch (IllegalArgumentException e) {
      throw request.injectionPoint().configurationError(e);
    }
  }

  /** Removes the faults, and returns the failure that some had to fire and did not. */
  Optional<String> end() {
    Tap tap = managedTap.endpoint();
    tap.drainInput();
    WeatherReport report = tap.weatherReport();
    guard.close();
    List<Fault> missedFaults =
        hitsBefore.entrySet().stream()
            .filter(each -> report.hitCount(each.getKey()) == each.getValue())
            .map(Map.Entry::getKey)
            .toList();
    return managedTap.takeMissesOfTest(missedFaults);
  }
}
