package dev.partyline.weather;

import static dev.partyline.wire.Side.CLIENT;
import static dev.partyline.wire.Side.SERVER;
import static java.util.Map.entry;

import java.time.Duration;
import java.util.Map;

/** The weathers that have a name, and the parser of weathers. */
final class Presets {
  static final Weather LAN = profile(1_000_000, 1_000_000, Duration.ofNanos(500_000));
  static final Weather WIFI = profile(30_000, 15_000, Duration.ofMillis(2));
  static final Weather MOBILE = profile(9_000, 9_000, Duration.ofMillis(170));
  static final Weather SATELLITE = profile(1_000, 256, Duration.ofMillis(600));
  static final Weather LOSSY = Weather.of(Fault.packetLoss(0.1));
  static final Weather EDGE = profile(240, 200, Duration.ofMillis(840));
  static final Weather SLOW_3G = profile(400, 400, Duration.ofMillis(400));
  static final Weather FAST_3G = profile(1_600, 768, Duration.ofMillis(150));
  static final Weather LTE = profile(12_000, 12_000, Duration.ofMillis(70));
  static final Weather DSL = profile(1_500, 384, Duration.ofMillis(50));
  static final Weather CABLE = profile(5_000, 1_000, Duration.ofMillis(28));

  private static final Map<String, Weather> BY_NAME =
      Map.ofEntries(
          entry("clear", Weather.clear()),
          entry("lan", LAN),
          entry("wifi", WIFI),
          entry("mobile", MOBILE),
          entry("satellite", SATELLITE),
          entry("lossy", LOSSY),
          entry("edge", EDGE),
          entry("slow-3g", SLOW_3G),
          entry("fast-3g", FAST_3G),
          entry("lte", LTE),
          entry("dsl", DSL),
          entry("cable", CABLE));

  private static final String ALTERNATIVES =
      ", a preset (lan, wifi, mobile, satellite, lossy, edge, slow-3g, fast-3g, lte, dsl, cable),"
          + " clear or seed 7";

  private Presets() {}

  /** Returns a weather with these rates in kbit/s, and this time there and back. */
  private static Weather profile(long serverKbps, long clientKbps, Duration roundTrip) {
    return Weather.of(
        Fault.delay(roundTrip.dividedBy(2)),
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
