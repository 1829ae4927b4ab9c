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
final class Subject {
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

  private Subject(Recorded owner, int number, @Nullable Conversation snapshot) {
    this.owner = owner;
    this.number = number;
    this.snapshot = snapshot;
  }

  static Subject only(Recorded owner) {
    return new Subject(owner, ONLY, null);
  }

  static Subject of(Recorded owner, int number) {
    return new Subject(owner, Rules.ordinal(number), null);
  }

  static Subject of(Conversation conversation) {
    return new Subject(Recording.of(conversation), ONLY, conversation);
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
  boolean check(Checking checking, Function<Conversation, Look> at) {
    return told(moot || checking.check(owner.recording(), () -> look(at)));
  }

  /** Checks that nothing is decided against it in that time; returns whether that holds. */
  boolean checkAbsence(Checking checking, Duration time, Function<Conversation, Look> at) {
    return told(moot || checking.checkAbsence(owner.recording(), time, () -> look(at)));
  }

  /** Only a soft check comes here when it fails. */
  private boolean told(boolean held) {
    moot |= !held && missing;
    return held && !moot;
  }

  private Look look(Function<Conversation, Look> at) {
    List<Conversation> all =
        snapshot == null ? owner.recording().conversations() : List.of(snapshot);
    int place = number == ONLY ? 0 : number - 1;
    missing = place >= all.size() || (number == ONLY && all.size() > 1);
    if (missing) {
      return Look.of(false, all.size() <= place, () -> missing(all));
    }
    Look look = at.apply(all.get(place));
    return isLive() || look.isDecided() ? look : new Look(Standing.NEVER, look.facts());
  }

  private Facts missing(List<Conversation> all) {
    if (all.isEmpty() && owner instanceof Weathered tap && !Hits.isUsed(tap)) {
      return Facts.of(Hits.UNUSED, redaction())
          .expectedAndReceived("1 connection or more", "0 connections");
    }
    String which = number == ONLY ? "connection" : "connection " + number;
    String problem =
        number == ONLY && !all.isEmpty()
            ? "there are " + all.size() + " connections: say which with connection(n)"
            : "there is no " + which;
    return Facts.of(problem, redaction())
        .expectedAndReceived(
            number == ONLY ? "1 connection" : which, Facts.words(all.size(), "connection"))
        .conversations(all);
  }
}
