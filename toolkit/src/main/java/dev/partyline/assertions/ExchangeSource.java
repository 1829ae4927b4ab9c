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
  private final @Nullable Subject subject;

  private ExchangeSource(Recorded owner, @Nullable Subject subject) {
    this.owner = owner;
    this.subject = subject;
  }

  static ExchangeSource of(Subject subject) {
    return new ExchangeSource(subject.owner(), subject);
  }

  static ExchangeSource of(Recorded owner) {
    return new ExchangeSource(owner, null);
  }

  void check(Checking checking, Function<Turns, Look> at) {
    Redaction redaction = Subject.redaction(owner);
    if (subject != null) {
      subject.check(
          checking, conversation -> at.apply(Turns.of(List.of(conversation), false, redaction)));
      return;
    }
    checking.check(
        owner.recording(),
        () -> {
          Look used = owner instanceof Weathered tap ? Hits.used(tap) : Look.held();
          return used.holds()
              ? at.apply(Turns.of(owner.recording().conversations(), true, redaction))
              : used;
        });
  }
}
