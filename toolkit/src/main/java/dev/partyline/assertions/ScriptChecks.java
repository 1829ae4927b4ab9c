package dev.partyline.assertions;

import dev.partyline.script.EndReason;
import dev.partyline.script.FailureText;
import dev.partyline.script.ScriptRun;
import dev.partyline.script.ScriptedPeer;
import dev.partyline.wire.Recorded;
import java.util.List;
import java.util.Optional;

/** What can be asked about how a script fared. */
final class ScriptChecks {
  private ScriptChecks() {}

  static CheckResult finished(ScriptedPeer played) {
    // First, for a connection that takes a block in between is among the performances then.
    boolean allUsed = played.unused().isEmpty();
    List<ScriptRun> performances = played.performances();
    if (performances.isEmpty() && played.script().steps().isEmpty()) {
      return nobodyPlays(played);
    }
    return CheckResult.of(
        allUsed && performances.stream().allMatch(ScriptRun::done),
        performances.stream().noneMatch(ScriptRun::failed),
        () ->
            FailureMessage.of("the script was not finished", played.redaction())
                .picture(FailureText.of(played)));
  }

  static CheckResult endedBecause(ScriptedPeer played, EndReason ending) {
    List<ScriptRun> performances = played.performances();
    for (ScriptRun performance : performances) {
      CheckResult look = endedBecause(played, performance, ending);
      if (!look.holds()) {
        return look;
      }
    }
    return CheckResult.of(
        !performances.isEmpty(),
        true,
        () ->
            FailureMessage.of("no connection has come", played.redaction())
                .expectedAndReceived("each ended because: " + ending, "0 connections"));
  }

  /** Looks at the player of one connection, which is there. */
  static CheckResult finished(Recorded owner, int connection) {
    return player(owner, connection)
        .map(
            performance ->
                look(
                    (ScriptedPeer) owner,
                    performance,
                    performance.done(),
                    !performance.failed(),
                    FailureMessage.of(
                        "the script was not finished", ConnectionChoice.redaction(owner))))
        .orElseGet(() -> nobodyPlays(owner));
  }

  static CheckResult endedBecause(Recorded owner, int connection, EndReason ending) {
    return player(owner, connection)
        .map(performance -> endedBecause((ScriptedPeer) owner, performance, ending))
        .orElseGet(() -> nobodyPlays(owner));
  }

  private static CheckResult endedBecause(
      ScriptedPeer played, ScriptRun performance, EndReason ending) {
    Optional<EndReason> ended = performance.ending();
    return look(
        played,
        performance,
        ended.equals(Optional.of(ending)),
        // One that has finished can still be sent too much.
        !performance.failed(),
        FailureMessage.of("the player did not end for this reason", played.redaction())
            .expectedAndReceived(ending, ended.map(EndReason::toString).orElse("still playing")));
  }

  private static CheckResult look(
      ScriptedPeer played,
      ScriptRun performance,
      boolean holds,
      boolean mayYet,
      FailureMessage facts) {
    return CheckResult.of(
        holds, mayYet, () -> facts.picture(FailureText.of(played, performance.connection())));
  }

  private static Optional<ScriptRun> player(Recorded owner, int connection) {
    return owner instanceof ScriptedPeer played
        ? played.performances().stream()
            .filter(performance -> performance.connection() == connection)
            .findFirst()
        : Optional.empty();
  }

  private static CheckResult nobodyPlays(Recorded owner) {
    // A connection is recorded a moment before it gets its player.
    boolean mayYet = owner instanceof ScriptedPeer played && !played.script().steps().isEmpty();
    return CheckResult.of(
        false,
        mayYet,
        () -> FailureMessage.of("no script is played here", ConnectionChoice.redaction(owner)));
  }
}
