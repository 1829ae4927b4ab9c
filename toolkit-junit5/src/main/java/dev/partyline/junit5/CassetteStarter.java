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
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/** Starts the tap of a {@link Cassette}, and adds the listener that plays it. */
record CassetteStarter(
    InjectionPoint injectionPoint, MemberLookup members, TestEndpoints endpoints) {
  private static final String METHOD = "${method}";
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{[^}]*}?");

  /** How long the last bytes of a client may be on their way when the test has ended. */
  private static final Duration GRACE = Duration.ofSeconds(1);

  CassetteSession start(
      Cassette annotation, Tapped tapped, Weather weather, Supplier<TapSpec> server) {
    TappedOptions options = new TappedOptions(injectionPoint, tapped);
    CassetteSpec spec =
        CassetteSpec.of(members.testClass(), fileName(annotation))
            .named(endpoints.testName())
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
            listener ->
                endpoints.add(cassette, ManagedEndpoint.ofCassette(cassette, listener, GRACE)));
    return session;
  }

  private String fileName(Cassette annotation) {
    return PLACEHOLDER
        .matcher(annotation.value())
        .replaceAll(placeholder -> Matcher.quoteReplacement(value(placeholder)));
  }

  private String value(MatchResult placeholder) {
    return switch (placeholder.group()) {
      case METHOD ->
          endpoints
              .methodName()
              .orElseThrow(
                  () ->
                      error(
                          "must not have "
                              + METHOD
                              + ", because it is for all tests of the class"));
      case "${invocation}" -> endpoints.invocation();
      default ->
          throw error(
              "must not have "
                  + placeholder.group()
                  + ": its placeholders are ${method} and ${invocation}");
    };
  }

  private ExtensionConfigurationException error(String problem) {
    return InjectionPoint.of(Cassette.class, injectionPoint.element()).configurationError(problem);
  }
}
