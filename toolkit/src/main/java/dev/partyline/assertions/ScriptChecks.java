package dev.partyline.assertions;

import dev.partyline.script.Ending;
import dev.partyline.script.Performance;
import dev.partyline.script.Picture;
import dev.partyline.script.Played;
import dev.partyline.wire.Recorded;
import java.util.List;
import java.util.Optional;

/** What can be asked about how a script fared. */
final class ScriptChecks {
  private ScriptChecks() {}

  static Look finished(Played played) {
    // First, for a connection that takes a block in between is among the performances then.
    boolean allUsed = played.unused().isEmpty();
    List<Performance> performances = played.performances();
    if (performances.isEmpty() && played.script().steps().isEmpty()) {
      return nobodyPlays(played);
    }
    return Look.of(
        allUsed && performances.stream().allMatch(Performance::done),
        performances.stream().noneMatch(Performance::failed),
        () ->
            Facts.of("the script was not finished", played.redaction())
                .picture(Picture.of(played)));
  }

  static Look endedBecause(Played played, Ending ending) {
    List<Performance> performances = played.performances();
    for (Performance performance : performances) {
      Look look = endedBecause(played, performance, ending);
      if (!look.holds()) {
        return look;
      }
    }
    return Look.of(
        !performances.isEmpty(),
        true,
        () ->
            Facts.of("no connection has come", played.redaction())
                .expectedAndReceived("each ended because: " + ending, "0 connections"));
  }

  /** Looks at the player of one connection, which is there. */
  static Look finished(Recorded owner, int connection) {
    return player(owner, connection)
        .map(
            performance ->
                look(
                    (Played) owner,
                    performance,
                    performance.done(),
                    !performance.failed(),
                    Facts.of("the script was not finished", Subject.redaction(owner))))
        .orElseGet(() -> nobodyPlays(owner));
  }

  static Look endedBecause(Recorded owner, int connection, Ending ending) {
    return player(owner, connection)
        .map(performance -> endedBecause((Played) owner, performance, ending))
        .orElseGet(() -> nobodyPlays(owner));
  }

  private static Look endedBecause(Played played, Performance performance, Ending ending) {
    Optional<Ending> ended = performance.ending();
    return look(
        played,
        performance,
        ended.equals(Optional.of(ending)),
        // One that has finished can still be sent too much.
        !performance.failed(),
        Facts.of("the player did not end for this reason", played.redaction())
            .expectedAndReceived(ending, ended.map(Ending::toString).orElse("still playing")));
  }

  private static Look look(
      Played played, Performance performance, boolean holds, boolean mayYet, Facts facts) {
    return Look.of(
        holds, mayYet, () -> facts.picture(Picture.of(played, performance.connection())));
  }

  private static Optional<Performance> player(Recorded owner, int connection) {
    return owner instanceof Played played
        ? played.performances().stream()
            .filter(performance -> performance.connection() == connection)
            .findFirst()
        : Optional.empty();
  }

  private static Look nobodyPlays(Recorded owner) {
    // A connection is recorded a moment before it gets its player.
    boolean mayYet = owner instanceof Played played && !played.script().steps().isEmpty();
    return Look.of(
        false, mayYet, () -> Facts.of("no script is played here", Subject.redaction(owner)));
  }
}
