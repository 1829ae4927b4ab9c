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
 * Which connection of which owner is asserted. Every check looks for it again, because it may not
 * exist yet.
 */
final class ConnectionChoice {
  private static final String CONNECTION = "connection";

  private final Recorded owner;
  private final Ordinal ordinal;

  /** The conversation itself if a snapshot is asserted, which never changes. */
  private final @Nullable Conversation snapshot;

  /** Whether the connection was missing in the last check. */
  private boolean wasMissing;

  /** Whether a soft check has reported that it is missing, so that others need not. */
  private boolean wasReported;

  private ConnectionChoice(Recorded owner, Ordinal ordinal, @Nullable Conversation snapshot) {
    this.owner = owner;
    this.ordinal = ordinal;
    this.snapshot = snapshot;
  }

  static ConnectionChoice only(Recorded owner) {
    return new ConnectionChoice(owner, Ordinal.ONLY, null);
  }

  static ConnectionChoice of(Recorded owner, int number) {
    return new ConnectionChoice(owner, Ordinal.of(number), null);
  }

  static ConnectionChoice of(Conversation conversation) {
    return new ConnectionChoice(Recording.of(conversation), Ordinal.ONLY, conversation);
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

  /** Checks the connection; returns whether the check held. */
  boolean check(CheckRunner runner, Function<Conversation, CheckResult> check) {
    return noteResult(wasReported || runner.check(owner.recording(), () -> evaluate(check)));
  }

  /** Checks that the check does not fail within that time; returns whether that held. */
  boolean checkAbsence(
      CheckRunner runner, Duration time, Function<Conversation, CheckResult> check) {
    return noteResult(
        wasReported || runner.checkAbsence(owner.recording(), time, () -> evaluate(check)));
  }

  /** Called for a failure only if the check is soft. */
  private boolean noteResult(boolean holds) {
    wasReported |= !holds && wasMissing;
    return holds && !wasReported;
  }

  private CheckResult evaluate(Function<Conversation, CheckResult> check) {
    List<Conversation> all =
        snapshot == null ? owner.recording().conversations() : List.of(snapshot);
    wasMissing = !ordinal.isIn(all.size());
    if (wasMissing) {
      return CheckResult.of(false, !ordinal.isAmbiguous(all.size()), () -> missingFailure(all));
    }
    CheckResult result = check.apply(all.get(ordinal.index()));
    return isLive() || result.isDecided()
        ? result
        : new CheckResult(Outcome.FAIL, result.failure());
  }

  private FailureMessage missingFailure(List<Conversation> all) {
    if (all.isEmpty() && owner instanceof Weathered tap && !tap.isUsed()) {
      return FaultChecks.unusedFailure(tap);
    }
    return FailureMessage.of(ordinal.problem(CONNECTION, all.size()), redaction())
        .expectedAndReceived(ordinal.expected(CONNECTION), Quantity.of(all.size(), CONNECTION))
        .conversations(all);
  }
}
