package dev.partyline.junit5;

import dev.partyline.junit5.internal.ManagedEndpoint;
import dev.partyline.junit5.internal.TestEndpoints;
import dev.partyline.junit5.internal.jupiter.InjectionPoint;
import dev.partyline.junit5.internal.jupiter.MemberLookup;
import dev.partyline.loopback.TapSpec;
import dev.partyline.replay.CassetteSession;
import dev.partyline.replay.CassetteSpec;
import dev.partyline.weather.Weather;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** Starts the tap of a {@link Cassette}, and adds the listener that plays it. */
record CassetteStarter(
    InjectionPoint injectionPoint, MemberLookup members, TestEndpoints endpoints) {
  private static final String METHOD = "${method}";

  /** How long the last bytes of a client may be on their way when the test has ended. */
  private static final Duration GRACE = Duration.ofSeconds(1);

  CassetteSession start(
      Cassette annotation, Tapped tapped, Weather weather, Supplier<TapSpec> server) {
    TappedOptions options = new TappedOptions(injectionPoint, tapped);
    CassetteSpec spec =
        CassetteSpec.of(members.testClass(), fileName(annotation))
            .mode(annotation.mode())
            .varying(annotation.varying())
            .redacting(ScriptedOptions.redaction(List.of(tapped.redact())))
            .tapping(tap -> options.applyTo(tap).in(weather));
    if (tapped.transport().length == 1) {
      spec = spec.over(tapped.transport()[0]);
    }
    spec = annotation.keepTimes() ? spec.keepingTimes() : spec;
    CassetteSession session = (annotation.exact() ? spec.exact() : spec).start(server);
    InjectionPoint cassette = InjectionPoint.of(Cassette.class, injectionPoint.element());
    session
        .listener()
        .ifPresent(
            listener -> endpoints.add(cassette, new ManagedEndpoint(cassette, listener, GRACE)));
    return session;
  }

  private String fileName(Cassette annotation) {
    if (!annotation.value().contains(METHOD)) {
      return annotation.value();
    }
    return endpoints
        .methodName()
        .map(name -> annotation.value().replace(METHOD, name))
        .orElseThrow(
            () ->
                InjectionPoint.of(Cassette.class, injectionPoint.element())
                    .configurationError(
                        "must not have " + METHOD + ", because it is for all tests of the class"));
  }
}
