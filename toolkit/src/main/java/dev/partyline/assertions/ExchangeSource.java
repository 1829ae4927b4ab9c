package dev.partyline.assertions;

import dev.partyline.script.Redaction;
import dev.partyline.weather.Weathered;
import dev.partyline.wire.Recorded;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Whose messages are asserted: those of one connection, or of all that somebody had. */
final class ExchangeSource {
  private final Recorded owner;

  /** The one connection, if it is one. */
  private final @Nullable ConnectionChoice subject;

  private ExchangeSource(Recorded owner, @Nullable ConnectionChoice subject) {
    this.owner = owner;
    this.subject = subject;
  }

  static ExchangeSource of(ConnectionChoice subject) {
    return new ExchangeSource(subject.owner(), subject);
  }

  static ExchangeSource of(Recorded owner) {
    return new ExchangeSource(owner, null);
  }

  void check(CheckRunner checking, Function<HttpExchangeChecks, CheckResult> at) {
    Redaction redaction = ConnectionChoice.redaction(owner);
    if (subject != null) {
      subject.check(
          checking,
          conversation -> at.apply(HttpExchangeChecks.of(List.of(conversation), false, redaction)));
      return;
    }
    checking.check(
        owner.recording(),
        () -> {
          CheckResult used =
              owner instanceof Weathered tap ? FaultChecks.used(tap) : CheckResult.held();
          return used.holds()
              ? at.apply(HttpExchangeChecks.of(owner.recording().conversations(), true, redaction))
              : used;
        });
  }
}
