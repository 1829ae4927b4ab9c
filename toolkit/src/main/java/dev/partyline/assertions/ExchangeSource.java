package dev.partyline.assertions;

import dev.partyline.script.transcript.Redaction;
import dev.partyline.weather.Weathered;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Recorded;
import dev.partyline.wire.Recording;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Whose messages are asserted: those of one connection, or of all connections of an owner. */
final class ExchangeSource {
  private final Recorded owner;

  /** The connection, if only one is asserted. */
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
    if (choice != null) {
      choice.check(runner, conversation -> check.apply(exchanges(List.of(conversation), false)));
    } else if (owner instanceof Weathered tap) {
      runner.check(owner.recording(), () -> FaultChecks.ifUsed(tap, () -> checkAll(check)));
    } else {
      runner.check(owner.recording(), () -> checkAll(check));
    }
  }

  private CheckResult checkAll(Function<HttpExchangeChecks, CheckResult> check) {
    Recording recording = owner.recording();
    if (recording.droppedConnections() > 0) {
      return CheckResult.of(
          false,
          false,
          () ->
              FailureMessage.of(
                      "not all connections are in the recording: say which with connection(n)",
                      Redaction.of(owner))
                  .droppedConnections(recording));
    }
    return check.apply(exchanges(recording.conversations(), true));
  }

  private HttpExchangeChecks exchanges(List<Conversation> conversations, boolean mayConnect) {
    return HttpExchangeChecks.of(conversations, mayConnect, Redaction.of(owner));
  }
}
