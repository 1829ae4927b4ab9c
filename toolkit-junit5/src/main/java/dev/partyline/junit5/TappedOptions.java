package dev.partyline.junit5;

import dev.partyline.junit5.internal.jupiter.InjectionPoint;
import dev.partyline.loopback.TapSpec;
import dev.partyline.weather.Weather;
import dev.partyline.wire.RecordingPolicy;
import java.util.List;

/**
 * The attributes of {@link Tapped}, which it reads.
 *
 * @param injectionPoint the element with the annotation
 * @param annotation the annotation
 */
record TappedOptions(InjectionPoint injectionPoint, Tapped annotation) {

  /** Returns the spec with all attributes applied but the weather. */
  TapSpec applyTo(TapSpec spec) {
    TapSpec result = spec;
    if (annotation.transport().length > 1) {
      throw injectionPoint.configurationError(
          "must have one transport at most, but has " + annotation.transport().length);
    }
    if (annotation.transport().length == 1) {
      result = result.over(annotation.transport()[0]);
    }
    if (annotation.ipv6()) {
      result = result.overIpv6();
    }
    if (annotation.decrypting()) {
      result = result.decrypting();
    }
    return result
        .onPort(annotation.port())
        .keeping(recordingPolicy())
        .redacting(ScriptedOptions.redaction(List.of(annotation.redact())));
  }

  private RecordingPolicy recordingPolicy() {
    return new KeepOptions(
            injectionPoint, annotation.keepHead(), annotation.keepTail(), annotation.keepInMemory())
        .recordingPolicy();
  }

  /** Returns the weather of the annotation itself. */
  Weather weather() {
    Weather weather =
        annotation.weather().isEmpty()
            ? Weather.clear()
            : WeatherReader.parse(injectionPoint, "weather", annotation.weather());
    return annotation.seed() == 0 ? weather : weather.seed(annotation.seed());
  }
}
