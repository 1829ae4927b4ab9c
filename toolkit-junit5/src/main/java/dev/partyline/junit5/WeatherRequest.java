package dev.partyline.junit5;

import dev.partyline.weather.Fault;
import dev.partyline.weather.Weather;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestInstances;
import org.junit.platform.commons.support.AnnotationSupport;

/** The weather that a test, a class or a tap has asked for, and who has come under it. */
final class WeatherRequest {
  private final InjectionPoint element;
  private final InWeather asked;
  private final Supplier<MemberLookup> members;
  private final Set<String> met = new HashSet<>();

  private WeatherRequest(InjectionPoint element, InWeather asked, Supplier<MemberLookup> members) {
    this.element = element;
    this.asked = asked;
    this.members = members;
  }

  /** Returns the weather of a test or a class, if it has asked for any. */
  static Optional<WeatherRequest> of(ExtensionContext context) {
    Optional<AnnotatedElement> place = context.getElement();
    return AnnotationSupport.findAnnotation(place, InWeather.class)
        .map(
            asked ->
                new WeatherRequest(
                    element(place.orElseThrow(), context), asked, () -> members(context)));
  }

  /** Returns the weather that is asked for beside a tap. */
  static WeatherRequest beside(InjectionPoint tap, InWeather asked, MemberLookup members) {
    InjectionPoint element =
        new InjectionPoint(InWeather.class, tap.kind(), tap.name(), tap.type(), tap.home());
    if (asked.taps().length > 0) {
      throw element.wrong("must not have taps: it is for this one");
    }
    return new WeatherRequest(element, asked, () -> members);
  }

  /** A constructor is called before there is an instance. */
  private static MemberLookup members(ExtensionContext context) {
    return new MemberLookup(
        context.getRequiredTestClass(),
        context.getTestInstances().map(TestInstances::getAllInstances).orElse(List.of()));
  }

  private static InjectionPoint element(AnnotatedElement place, ExtensionContext context) {
    Class<?> home = context.getRequiredTestClass();
    return place instanceof Method method
        ? new InjectionPoint(
            InWeather.class, "method", method.getName(), home, method.getDeclaringClass())
        : new InjectionPoint(InWeather.class, "class", home.getSimpleName(), home, home);
  }

  InjectionPoint element() {
    return element;
  }

  /** Returns whether it is for a tap; then it is not for nothing. */
  synchronized boolean concerns(String tap) {
    if (asked.taps().length > 0 && !List.of(asked.taps()).contains(tap)) {
      return false;
    }
    met.add(tap);
    return true;
  }

  Weather weather() {
    if (asked.value().isEmpty() == asked.from().isEmpty()) {
      throw element.wrong(
          "must have one of value and from, but has "
              + (asked.value().isEmpty() ? "none" : "both"));
    }
    Weather weather =
        asked.from().isEmpty()
            ? parse(element, "value", asked.value())
            : members
                .get()
                .value(
                    element,
                    "from",
                    asked.from(),
                    "a Weather",
                    value ->
                        value instanceof Weather given ? Optional.of(given) : Optional.empty());
    return asked.seed() == 0 ? weather : weather.seed(asked.seed());
  }

  static Weather parse(InjectionPoint element, String attribute, String text) {
    try {
      return Weather.parse(text);
    } catch (IllegalArgumentException e) {
      throw element.wrong(
          String.format("has %s = \"%s\", but %s", attribute, text, e.getMessage()));
    }
  }

  /** Returns a weather with that of another behind it, whose seed holds if it has one. */
  static Weather behind(Weather first, Weather other) {
    List<Fault> all = new ArrayList<>(first.faults());
    all.addAll(other.faults());
    return Weather.of(all.toArray(Fault[]::new))
        .seed(other.seed() == 0 ? first.seed() : other.seed());
  }

  /** Returns what is wrong if it was for nobody, or not for all that it names. */
  synchronized Optional<String> failure() {
    List<String> missing =
        Arrays.stream(asked.taps()).filter(tap -> !met.contains(tap)).distinct().toList();
    if (!missing.isEmpty()) {
      return Optional.of(
          element
              + " has taps = \""
              + String.join("\", \"", missing)
              + "\", but there was no field and no parameter of that name under @Tapped\n");
    }
    return met.isEmpty()
        ? Optional.of(element + " had no tap to make weather for: put one under @Tapped\n")
        : Optional.empty();
  }
}
