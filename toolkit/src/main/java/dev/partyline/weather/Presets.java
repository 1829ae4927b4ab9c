package dev.partyline.weather;

import static dev.partyline.wire.Side.CLIENT;
import static dev.partyline.wire.Side.SERVER;

import java.time.Duration;
import java.util.Map;

/** The weathers that have a name, and the parser of weathers. */
final class Presets {
  static final Weather EDGE = profile(240, 200, 840);
  static final Weather SLOW_3G = profile(400, 400, 400);
  static final Weather FAST_3G = profile(1_600, 768, 150);
  static final Weather LTE = profile(12_000, 12_000, 70);
  static final Weather DSL = profile(1_500, 384, 50);
  static final Weather CABLE = profile(5_000, 1_000, 28);

  private static final String ALTERNATIVES =
      ", a preset (edge, slow-3g, fast-3g, lte, dsl, cable), clear or seed 7";

  private static final Map<String, Weather> BY_NAME =
      Map.of(
          "clear",
          Weather.clear(),
          "edge",
          EDGE,
          "slow-3g",
          SLOW_3G,
          "fast-3g",
          FAST_3G,
          "lte",
          LTE,
          "dsl",
          DSL,
          "cable",
          CABLE);

  private Presets() {}

  /** Returns a weather with these rates in kbit/s, and this round-trip time in milliseconds. */
  private static Weather profile(long serverKbps, long clientKbps, long roundTripMillis) {
    return Weather.of(
        Fault.delay(Duration.ofMillis(roundTripMillis).dividedBy(2)),
        Fault.rate(serverKbps * 125).from(SERVER),
        Fault.rate(clientKbps * 125).from(CLIENT));
  }

  static Weather parse(String text) {
    Weather weather = Weather.clear();
    boolean seeded = false;
    for (FaultTokens tokens : FaultTokens.split(text)) {
      Weather preset = BY_NAME.get(tokens.text());
      if (preset != null) {
        weather = weather.with(preset.faults());
      } else if (tokens.accept("seed")) {
        if (seeded) {
          throw new IllegalArgumentException(
              "weather (" + text + ") must have one seed at most: leave out the others");
        }
        seeded = true;
        weather = weather.seed(seed(tokens));
      } else {
        weather = weather.with(FaultParser.parse(tokens, ALTERNATIVES));
      }
    }
    return weather;
  }

  private static long seed(FaultTokens tokens) {
    String number = tokens.isDone() ? "" : tokens.word("a seed");
    try {
      if (tokens.isDone()) {
        return Long.parseLong(number);
      }
    } catch (NumberFormatException e) {
      // Reported below, like a seed that is missing or followed by something.
    }
    throw new IllegalArgumentException("seed (" + number + ") must be one whole number");
  }
}
