package dev.partyline.junit5;

import dev.partyline.loopback.Tap;
import dev.partyline.weather.Fault;
import dev.partyline.weather.Guard;
import dev.partyline.weather.Report;
import dev.partyline.weather.Weather;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Some weather over a tap that was there before, and will be after it. */
final class TemporaryWeather {
  private final ManagedTap role;
  private final Guard guard;

  /** The faults that must fire, and what each had done before. */
  private final Map<Fault, Long> before = new HashMap<>();

  private TemporaryWeather(ManagedTap role, Weather weather) {
    this.role = role;
    Report report = role.owner().weatherReport();
    for (Fault fault : weather.faults()) {
      if (fault.equals(fault.mustFire())) {
        before.put(fault, report.count(fault));
      }
    }
    this.guard = role.owner().put(weather.faults().toArray(Fault[]::new));
  }

  static TemporaryWeather over(ManagedTap role, WeatherRequest forecast) {
    Weather weather = forecast.weather();
    Tap tap = role.owner();
    if (weather.seed() != 0 && weather.seed() != tap.seed()) {
      throw forecast
          .element()
          .wrong(
              String.format(
                  "has the seed %d, but %s is running already, with the seed %d: give it the seed",
                  weather.seed(), role.element(), tap.seed()));
    }
    try {
      return new TemporaryWeather(role, weather);
    } catch (IllegalArgumentException e) {
      throw forecast.element().failed(e);
    }
  }

  /** Ends it, and returns which of its faults had to do something and did not. */
  Optional<String> end() {
    Tap tap = role.owner();
    tap.settle();
    Report report = tap.weatherReport();
    guard.close();
    List<Fault> missed =
        before.entrySet().stream()
            .filter(each -> report.count(each.getKey()) == each.getValue())
            .map(Map.Entry::getKey)
            .toList();
    return role.missed(missed);
  }
}
