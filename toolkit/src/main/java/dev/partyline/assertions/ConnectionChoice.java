package dev.partyline.assertions;

import dev.partyline.script.Redacted;
import dev.partyline.script.Redaction;
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
  private static final int ONLY = 0;

  private final Recorded owner;
  private final int number;

  /** What is asserted if it is a snapshot, which never changes. */
  private final @Nullable Conversation snapshot;

  /** Whether it was missing at the last look. */
  private boolean missing;

  /** Whether a soft check has said that it is missing, so that the others need not. */
  private boolean moot;

  private ConnectionChoice(Recorded owner, int number, @Nullable Conversation snapshot) {
    this.owner = owner;
    this.number = number;
    this.snapshot = snapshot;
  }

  static ConnectionChoice only(Recorded owner) {
    return new ConnectionChoice(owner, ONLY, null);
  }

  static ConnectionChoice of(Recorded owner, int number) {
    return new ConnectionChoice(owner, ArgumentChecks.ordinal(number), null);
  }

  static ConnectionChoice of(Conversation conversation) {
    return new ConnectionChoice(Recording.of(conversation), ONLY, conversation);
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
  boolean check(CheckRunner checking, Function<Conversation, CheckResult> at) {
    return told(moot || checking.check(owner.recording(), () -> look(at)));
  }

  /** Checks that nothing is decided against it in that time; returns whether that holds. */
  boolean checkAbsence(
      CheckRunner checking, Duration time, Function<Conversation, CheckResult> at) {
    return told(moot || checking.checkAbsence(owner.recording(), time, () -> look(at)));
  }

  /** Only a soft check comes here when it fails. */
  private boolean told(boolean held) {
    moot |= !held && missing;
    return held && !moot;
  }

  private CheckResult look(Function<Conversation, CheckResult> at) {
    List<Conversation> all =
        snapshot == null ? owner.recording().conversations() : List.of(snapshot);
    int place = number == ONLY ? 0 : number - 1;
    missing = place >= all.size() || (number == ONLY && all.size() > 1);
    if (missing) {
      return CheckResult.of(false, all.size() <= place, () -> missing(all));
    }
    CheckResult look = at.apply(all.get(place));
    return isLive() || look.isDecided() ? look : new CheckResult(Outcome.NEVER, look.facts());
  }

  private FailureMessage missing(List<Conversation> all) {
    if (all.isEmpty() && owner instanceof Weathered tap && !FaultChecks.isUsed(tap)) {
      return FailureMessage.of(FaultChecks.UNUSED, redaction())
          .expectedAndReceived("1 connection or more", "0 connections");
    }
    String which = number == ONLY ? "connection" : "connection " + number;
    String problem =
        number == ONLY && !all.isEmpty()
            ? "there are " + all.size() + " connections: say which with connection(n)"
            : "there is no " + which;
    return FailureMessage.of(problem, redaction())
        .expectedAndReceived(
            number == ONLY ? "1 connection" : which, FailureMessage.words(all.size(), "connection"))
        .conversations(all);
  }
}
