package dev.partyline.junit5.internal;

import dev.partyline.junit5.InWeather;
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
public final class WeatherRequest {
  private final InjectionPoint injectionPoint;
  private final InWeather annotation;
  private final Supplier<MemberLookup> members;
  private final Set<String> claimedTaps = new HashSet<>();

  private WeatherRequest(
      InjectionPoint injectionPoint, InWeather annotation, Supplier<MemberLookup> members) {
    this.injectionPoint = injectionPoint;
    this.annotation = annotation;
    this.members = members;
  }

  /** Returns the weather of a test or a class, if it has asked for any. */
  public static Optional<WeatherRequest> of(ExtensionContext context) {
    Optional<AnnotatedElement> annotatedElement = context.getElement();
    return AnnotationSupport.findAnnotation(annotatedElement, InWeather.class)
        .map(
            annotation ->
                new WeatherRequest(
                    injectionPoint(annotatedElement.orElseThrow(), context),
                    annotation,
                    () -> members(context)));
  }

  /** Returns the weather that is asked for beside a tap. */
  public static WeatherRequest ofTap(InjectionPoint tap, InWeather annotation, MemberLookup members) {
    InjectionPoint injectionPoint =
        new InjectionPoint(
            InWeather.class, tap.kind(), tap.name(), tap.type(), tap.declaringClass());
    if (annotation.taps().length > 0) {
      throw injectionPoint.configurationError("must not have taps: it is for this one");
    }
    return new WeatherRequest(injectionPoint, annotation, () -> members);
  }

  /** A constructor is called before there is an instance. */
  private static MemberLookup members(ExtensionContext context) {
    return new MemberLookup(
        context.getRequiredTestClass(),
        context.getTestInstances().map(TestInstances::getAllInstances).orElse(List.of()));
  }

  private static InjectionPoint injectionPoint(
      AnnotatedElement annotatedElement, ExtensionContext context) {
    Class<?> declaringClass = context.getRequiredTestClass();
    return annotatedElement instanceof Method method
        ? new InjectionPoint(
            InWeather.class, "method", method.getName(), declaringClass, method.getDeclaringClass())
        : new InjectionPoint(
            InWeather.class,
            "class",
            declaringClass.getSimpleName(),
            declaringClass,
            declaringClass);
  }

  public InjectionPoint injectionPoint() {
    return injectionPoint;
  }

  /** Returns whether it is for a tap; then it is not for nothing. */
  public synchronized boolean claim(String tap) {
    if (annotation.taps().length > 0 && !List.of(annotation.taps()).contains(tap)) {
      return false;
    }
    claimedTaps.add(tap);
    return true;
  }

  public Weather weather() {
    if (annotation.value().isEmpty() == annotation.from().isEmpty()) {
      throw injectionPoint.configurationError(
          "must have one of value and from, but has "
              + (annotation.value().isEmpty() ? "none" : "both"));
    }
    Weather weather =
        annotation.from().isEmpty()
            ? parse(injectionPoint, "value", annotation.value())
            : members
                .get()
                .value(
                    injectionPoint,
                    "from",
                    annotation.from(),
                    "a Weather",
                    value ->
                        value instanceof Weather candidate
                            ? Optional.of(candidate)
                            : Optional.empty());
    return annotation.seed() == 0 ? weather : weather.seed(annotation.seed());
  }

  public static Weather parse(InjectionPoint injectionPoint, String attribute, String text) {
    try {
      return Weather.parse(text);
    } catch (IllegalArgumentException e) {
      throw injectionPoint.configurationError(
          String.format("has %s = \"%s\", but %s", attribute, text, e.getMessage()));
    }
  }

  /** Returns a weather with that of another behind it, whose seed holds if it has one. */
  public static Weather append(Weather first, Weather other) {
    List<Fault> all = new ArrayList<>(first.faults());
    all.addAll(other.faults());
    return Weather.of(all.toArray(Fault[]::new))
        .seed(other.seed() == 0 ? first.seed() : other.seed());
  }

  /** Returns what is wrong if it was for nobody, or not for all that it names. */
  public synchronized Optional<String> failure() {
    List<String> missing =
        Arrays.stream(annotation.taps())
            .filter(tap -> !claimedTaps.contains(tap))
            .distinct()
            .toList();
    if (!missing.isEmpty()) {
      return Optional.of(
          injectionPoint
              + " has taps = \""
              + String.join("\", \"", missing)
              + "\", but there was no field and no parameter of that name under @Tapped\n");
    }
    return claimedTaps.isEmpty()
        ? Optional.of(injectionPoint + " had no tap to make weather for: put one under @Tapped\n")
        : Optional.empty();
  }
}
