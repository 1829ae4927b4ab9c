package dev.partyline.junit5.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/** The weather that a test or a class asks for, and where it is made now. */
final class TestWeather {
  private final Optional<WeatherRequest> request;
  private final List<TemporaryWeather> temporaryWeathers = new CopyOnWriteArrayList<>();

  TestWeather(Optional<WeatherRequest> request) {
    this.request = request;
  }

  Optional<WeatherRequest> request() {
    return request;
  }

  /** Injects the weather into a tap that is running already, if the request is for it. */
  void startOn(ManagedTap tap) {
    if (request.isPresent() && request.get().claim(tap.name())) {
      temporaryWeathers.add(TemporaryWeather.start(tap, request.get()));
    }
  }

  /** Removes the weather again, and returns the failures of faults that had to fire and did not. */
  List<String> end() {
    List<String> misses =
        temporaryWeathers.stream()
            .flatMap(temporaryWeather -> temporaryWeather.end().stream())
            .toList();
    temporaryWeathers.clear();
    return misses;
  }

  /** Returns the failure that there was no tap for it, or that it is misspelt. */
  Optional<String> failure() {
    try {
      return request.flatMap(WeatherRequest::failure);
    } catch (ExtensionConfigurationException e) {
      return Optional.of(e.getMessage() + "\n");
    }
  }

  /** Returns the requests around this one, and this one, in that order. */
  List<WeatherRequest> requests(List<WeatherRequest> around) {
    List<WeatherRequest> all = new ArrayList<>(around);
    request.ifPresent(all::add);
    return all;
  }
}
