package dev.partyline.junit5;

import dev.partyline.junit5.internal.WeatherRequest;
import dev.partyline.junit5.internal.jupiter.InjectionPoint;
import dev.partyline.junit5.internal.jupiter.MemberLookup;
import dev.partyline.weather.Weather;
import java.lang.reflect.AnnotatedElement;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestInstances;
import org.junit.platform.commons.support.AnnotationSupport;

/** Reads {@link InWeather} and texts of weather. */
final class WeatherReader {
  private WeatherReader() {}

  /** Returns the request of a test or a class, if it has the annotation. */
  static Optional<WeatherRequest> read(ExtensionContext context) {
    Optional<AnnotatedElement> element = context.getElement();
    return AnnotationSupport.findAnnotation(element, InWeather.class)
        .map(
            annotation -> {
              InjectionPoint injectionPoint =
                  InjectionPoint.of(InWeather.class, element.orElseThrow());
              return new WeatherRequest(
                  injectionPoint,
                  () -> weather(injectionPoint, annotation, members(context)),
                  List.of(annotation.taps()));
            });
  }

  /** Returns the weather of an annotation on a tap, a listener or a client. */
  static Weather ofEndpoint(InjectionPoint endpoint, InWeather annotation, MemberLookup members) {
    InjectionPoint injectionPoint = InjectionPoint.of(InWeather.class, endpoint.element());
    if (annotation.taps().length > 0) {
      throw injectionPoint.configurationError("must not have taps: it is for this one");
    }
    return weather(injectionPoint, annotation, members);
  }

  private static Weather weather(
      InjectionPoint injectionPoint, InWeather annotation, MemberLookup members) {
    if (annotation.value().isEmpty() == annotation.from().isEmpty()) {
      throw injectionPoint.configurationError(
          "must have one of value and from, but has "
              + (annotation.value().isEmpty() ? "none" : "both"));
    }
    Weather weather =
        annotation.from().isEmpty()
            ? parse(injectionPoint, "value", annotation.value())
            : members.value(
                injectionPoint,
                "from",
                annotation.from(),
                "a Weather",
                value ->
                    value instanceof Weather candidate ? Optional.of(candidate) : Optional.empty());
    return annotation.seed() == 0 ? weather : weather.seed(annotation.seed());
  }

  /** There are no instances yet while a constructor is called. */
  private static MemberLookup members(ExtensionContext context) {
    return new MemberLookup(
        context.getRequiredTestClass(),
        context.getTestInstances().map(TestInstances::getAllInstances).orElse(List.of()));
  }

  static Weather parse(InjectionPoint injectionPoint, String attribute, String text) {
    try {
      return Weather.parse(text);
    } catch (IllegalArgumentException e) {
      throw injectionPoint.configurationError(
          String.format("has %s = \"%s\", but %s", attribute, text, e.getMessage()));
    }
  }
}
