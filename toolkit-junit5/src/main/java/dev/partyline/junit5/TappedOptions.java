package dev.partyline.junit5;

import dev.partyline.loopback.TapSpec;
import dev.partyline.weather.Weather;
import dev.partyline.wire.RecordingPolicy;
import java.util.List;

/**
 * What the annotation of a tap says, as it is written there.
 *
 * @param element where it stands
 * @param asked the annotation
 */
record TappedOptions(InjectionPoint element, Tapped asked) {

  /** Returns the spec with all that is asked but the weather. */
  TapSpec applied(TapSpec spec) {
    TapSpec all = spec;
    if (asked.transport().length > 1) {
      throw element.wrong("must have one transport at most, but has " + asked.transport().length);
    }
    if (asked.transport().length == 1) {
      all = all.over(asked.transport()[0]);
    }
    if (asked.ipv6()) {
      all = all.overIpv6();
    }
    if (asked.decrypting()) {
      all = all.decrypting();
    }
    return all.onPort(asked.port())
        .keeping(keep())
        .redacting(ScriptedOptions.redaction(List.of(asked.redact())));
  }

  private RecordingPolicy keep() {
    boolean ends = asked.keepHead() != -1 || asked.keepTail() != -1;
    if (ends && asked.keepInMemory() != -1) {
      throw element.wrong(
          "must not have keepInMemory beside keepHead or keepTail: head and tail stay in memory");
    }
    if (ends) {
      return RecordingPolicy.headAndTail(
          bytes("keepHead", asked.keepHead()), bytes("keepTail", asked.keepTail()));
    }
    return asked.keepInMemory() == -1
        ? RecordingPolicy.everything()
        : RecordingPolicy.everything().inMemory(bytes("keepInMemory", asked.keepInMemory()));
  }

  private long bytes(String attribute, long bytes) {
    if (bytes < -1) {
      throw element.wrong("has " + attribute + " = " + bytes + ", which must not be negative");
    }
    return Math.max(bytes, 0);
  }

  /** Returns the weather that the annotation itself gives. */
  Weather weather() {
    Weather weather =
        asked.weather().isEmpty()
            ? Weather.clear()
            : WeatherRequest.parse(element, "weather", asked.weather());
    return asked.seed() == 0 ? weather : weather.seed(asked.seed());
  }
}
