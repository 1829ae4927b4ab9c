package dev.partyline.weather;

import static dev.partyline.wire.Side.CLIENT;
import static dev.partyline.wire.Side.SERVER;

import java.time.Duration;
import java.util.Map;

/** The weathers that have a name, and how a weather is read. */
final class Presets {
  static final Weather EDGE = line(240, 200, 840);
  static final Weather SLOW_3G = line(400, 400, 400);
  static final Weather FAST_3G = line(1_600, 768, 150);
  static final Weather LTE = line(12_000, 12_000, 70);
  static final Weather DSL = line(1_500, 384, 50);
  static final Weather CABLE = line(5_000, 1_000, 28);

  private static final Map<String, Weather> NAMED =
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

  /** Rates in kbit/s, the round-trip time in milliseconds. */
  private static Weather line(long fromServer, long fromClient, long roundTrip) {
    return Weather.of(
        Fault.delay(Duration.ofMillis(roundTrip).dividedBy(2)),
        Fault.rate(fromServer * 125).from(SERVER),
        Fault.rate(fromClient * 125).from(CLIENT));
  }

  static Weather parse(String text) {
    Weather weather = Weather.clear();
    boolean seeded = false;
    for (FaultTokens words : FaultTokens.split(text)) {
      Weather named = NAMED.get(words.text());
      if (named != null) {
        weather = weather.with(named.faults());
      } else if (words.take("seed")) {
        if (seeded) {
          throw new IllegalArgumentException(
              "weather (" + text + ") must have one seed at most: leave out the others");
        }
        seeded = true;
        weather = weather.seed(seed(words));
      } else {
        weather = weather.with(FaultParser.fault(words));
      }
    }
    return weather;
  }

  private static long seed(FaultTokens words) {
    String number = words.isDone() ? "" : words.word("a seed");
    try {
      if (words.isDone()) {
        return Long.parseLong(number);
      }
    } catch (NumberFormatException e) {
      // Said below, as for a seed that is missing or followed by more.
    }
    throw new IllegalArgumentException("seed (" + number + ") must be one whole number");
  }
}
