package dev.partyline.assertions;

import dev.partyline.internal.text.Quantity;
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

  Recorded owner() {
    return owner;
  }

  boolean isLive() {
    return snapshot == null;
  }

  Redaction redaction() {
    return Redaction.of(owner);
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
    int count = all.isEmpty() || !isLive() ? all.size() : all.get(all.size() - 1).number();
    wasMissing = !ordinal.isIn(count);
    if (wasMissing) {
      return CheckResult.of(false, !ordinal.isAmbiguous(count), () -> missingFailure(all, count));
    }
    Conversation conversation = isLive() ? find(all) : all.get(0);
    if (conversation == null) {
      return CheckResult.of(false, false, () -> droppedFailure(all));
    }
    CheckResult result = check.apply(conversation);
    return isLive() || result.isDecided()
        ? result
        : new CheckResult(Outcome.FAIL, result.failure());
  }

  /** Returns the conversation with the number; null if it was dropped. */
  private @Nullable Conversation find(List<Conversation> all) {
    // Those before it may have been dropped, so it is there or further to the front.
    for (int i = Math.min(ordinal.index(), all.size() - 1); i >= 0; i--) {
      if (all.get(i).number() == ordinal.index() + 1) {
        return all.get(i);
      }
    }
    return null;
  }

  private FailureMessage droppedFailure(List<Conversation> all) {
    return FailureMessage.of(
            ordinal.name(CONNECTION) + " is no longer in the recording", redaction())
        .droppedConnections(owner.recording())
        .conversations(all);
  }

  private FailureMessage missingFailure(List<Conversation> all, int count) {
    if (all.isEmpty() && owner instanceof Weathered tap && !tap.isUsed()) {
      return FaultChecks.unusedFailure(tap);
    }
    return FailureMessage.of(ordinal.problem(CONNECTION, count), redaction())
        .expectedAndReceived(ordinal.expected(CONNECTION), Quantity.of(count, CONNECTION))
        .droppedConnections(owner.recording())
        .conversations(all);
  }
}
