package dev.partyline.assertions;

import dev.partyline.script.transcript.Redaction;
import dev.partyline.weather.Weathered;
import dev.partyline.wire.Recorded;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Whose messages are asserted: those of one connection, or of all that somebody had. */
final class ExchangeSource {
  private final Recorded owner;

  /** The one connection, if it is one. */
  private final @Nullable ConnectionChoice choice;

  private ExchangeSource(Recorded owner, @Nullable ConnectionChoice choice) {
    this.owner = owner;
    this.choice = choice;
  }

  static ExchangeSource of(ConnectionChoice choice) {
    return new ExchangeSource(choice.owner(), choice);
  }

  static ExchangeSource of(Recorded owner) {
    return new ExchangeSource(owner, null);
  }

  void check(CheckRunner runner, Function<HttpExchangeChecks, CheckResult> check) {
    Redaction redaction = ConnectionChoice.redaction(owner);
    if (choice != null) {
      choice.check(
          runner,
          conversation ->
              check.apply(HttpExchangeChecks.of(List.of(conversation), false, redaction)));
      return;
    }
    runner.check(
        owner.recording(),
        () -> {
          CheckResult usage =
              owner instanceof Weathered tap ? FaultChecks.checkUsed(tap) : CheckResult.pass();
          return usage.isPass()
              ? check.apply(
                  HttpExchangeChecks.of(owner.recording().conversations(), true, redaction))
              : usage;
        });
  }
}
