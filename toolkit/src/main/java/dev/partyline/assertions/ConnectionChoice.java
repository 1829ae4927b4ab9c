package dev.partyline.assertions;

import dev.partyline.internal.text.Quantity;
import dev.partyline.script.transcript.Redacted;
import dev.partyline.script.transcript.Redaction;
import dev.partyline.weather.Weathered;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Recorded;
import dev.partyline.wire.Recording;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which connection of whose is asserted; it is looked for anew at every look, and may not be there
 * yet.
 */
final class ConnectionChoice {
  /** Stands for the only connection that there is. */
  private static final int ONLY_ONE = 0;

  private final Recorded owner;
  private final int number;

  /** What is asserted if it is a snapshot, which never changes. */
  private final @Nullable Conversation snapshot;

  /** Whether it was missing at the last look. */
  private boolean wasMissing;

  /** Whether a soft check has said that it is missing, so that the others need not. */
  private boolean wasReported;

  private ConnectionChoice(Recorded owner, int number, @Nullable Conversation snapshot) {
    this.owner = owner;
    this.number = number;
    this.snapshot = snapshot;
  }

  static ConnectionChoice only(Recorded owner) {
    return new ConnectionChoice(owner, ONLY_ONE, null);
  }

  static ConnectionChoice of(Recorded owner, int number) {
    return new ConnectionChoice(owner, ArgumentChecks.ordinal(number), null);
  }

  static ConnectionChoice of(Conversation conversation) {
    return new ConnectionChoice(Recording.of(conversation), ONLY_ONE, conversation);
  }

  static Redaction redaction(Recorded owner) {
    return owner instanceof Redacted redacted ? redacted.redaction() : Redaction.standard();
  }

  Recorded owner() {
    return owner;
  }

  boolean isLive() {
    return snapshot == null;
  }

  Redaction redaction() {
    return redaction(owner);
  }

  /** Checks it; returns whether that holds. */
  boolean check(CheckRunner runner, Function<Conversation, CheckResult> check) {
    return noteResult(wasReported || runner.check(owner.recording(), () -> evaluate(check)));
  }

  /** Checks that nothing is decided against it in that time; returns whether that holds. */
  boolean checkAbsence(
      CheckRunner runner, Duration time, Function<Conversation, CheckResult> check) {
    return noteResult(
        wasReported || runner.checkAbsence(owner.recording(), time, () -> evaluate(check)));
  }

  /** Only a soft check comes here when it fails. */
  private boolean noteResult(boolean holds) {
    wasReported |= !holds && wasMissing;
    return holds && !wasReported;
  }

  private CheckResult evaluate(Function<Conversation, CheckResult> check) {
    List<Conversation> all =
        snapshot == null ? owner.recording().conversations() : List.of(snapshot);
    int index = number == ONLY_ONE ? 0 : number - 1;
    wasMissing = index >= all.size() || (number == ONLY_ONE && all.size() > 1);
    if (wasMissing) {
      return CheckResult.of(false, all.size() <= index, () -> missingFailure(all));
    }
    CheckResult result = check.apply(all.get(index));
    return isLive() || result.isDecided()
        ? result
        : new CheckResult(Outcome.FAIL, result.failure());
  }

  private FailureMessage missingFailure(List<Conversation> all) {
    if (all.isEmpty() && owner instanceof Weathered tap && !FaultChecks.isUsed(tap)) {
      return FailureMessage.of(FaultChecks.UNUSED_TAP, redaction())
          .expectedAndReceived("1 connection or more", "0 connections");
    }
    String wantedName = number == ONLY_ONE ? "connection" : "connection " + number;
    String problem =
        number == ONLY_ONE && !all.isEmpty()
            ? "there are " + all.size() + " connections: say which with connection(n)"
            : "there is no " + wantedName;
    return FailureMessage.of(problem, redaction())
        .expectedAndReceived(
            number == ONLY_ONE ? "1 connection" : wantedName, Quantity.of(all.size(), "connection"))
        .conversations(all);
  }
}
