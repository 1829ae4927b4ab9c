package dev.partyline.junit5.internal;

import dev.partyline.weather.Fault;
import dev.partyline.weather.WeatherReport;
import dev.partyline.weather.Weathered;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What a failure says of the weather of a tap, a listener or a client. */
final class WeatherText {
  private WeatherText() {}

  /** Returns lines about what the faults did, if there was one, and what the test holds now. */
  static List<String> remarks(Weathered weathered) {
    WeatherReport report = weathered.weatherReport();
    List<String> lines = new ArrayList<>();
    if (!report.faults().isEmpty()) {
      lines.add("weather   " + report);
      lines.add("seed      " + weathered.seed() + "; the same seed makes the same weather again");
    }
    weathered.held().forEach(text -> lines.add("held      " + text));
    return lines;
  }

  /**
   * Returns the failure that faults had to fire and did not, if there are any.
   *
   * @param owner whose weather it is
   * @param remarks more lines about it
   */
  static Optional<String> misses(Object owner, Collection<Fault> faults, List<String> remarks) {
    if (faults.isEmpty()) {
      return Optional.empty();
    }
    StringBuilder text = new StringBuilder("the weather of " + owner + " did not hit:\n");
    faults.forEach(fault -> text.append("  missed    ").append(fault).append('\n'));
    remarks.forEach(line -> text.append("  ").append(line).append('\n'));
    return Optional.of(text.toString());
  }
}
