package dev.partyline.assertions;

import dev.partyline.script.player.EndReason;
import dev.partyline.script.player.FailureText;
import dev.partyline.script.player.ScriptRun;
import dev.partyline.script.player.ScriptedPeer;
import dev.partyline.script.transcript.Redaction;
import dev.partyline.wire.Recorded;
import java.util.List;
import java.util.Optional;

/** Checks on the runs of a script. */
final class ScriptChecks {
  private ScriptChecks() {}

  static CheckResult finished(ScriptedPeer peer) {
    // First, because a connection that takes a block after this is among the runs below.
    boolean allUsed = peer.unusedBlocks().isEmpty();
    List<ScriptRun> runs = peer.runs();
    if (runs.isEmpty() && peer.script().steps().isEmpty()) {
      return noScript(peer);
    }
    return CheckResult.of(
        allUsed && runs.stream().allMatch(ScriptRun::done),
        runs.stream().noneMatch(ScriptRun::failed),
        () ->
            FailureMessage.of("the script was not finished", peer.redaction())
                .append(FailureText.of(peer)));
  }

  static CheckResult endedBecause(ScriptedPeer peer, EndReason reason) {
    List<ScriptRun> runs = peer.runs();
    for (ScriptRun run : runs) {
      CheckResult result = endedBecause(peer, run, reason);
      if (!result.isPass()) {
        return result;
      }
    }
    return CheckResult.of(
        !runs.isEmpty(),
        true,
        () ->
            FailureMessage.of("there was no connection", peer.redaction())
                .expectedAndReceived("each ended because: " + reason, "0 connections"));
  }

  /** Checks the run on a connection that exists. */
  static CheckResult finished(Recorded owner, int connection) {
    return run(owner, connection)
        .map(
            run ->
                result(
                    (ScriptedPeer) owner,
                    run,
                    run.done(),
                    !run.failed(),
                    FailureMessage.of("the script was not finished", Redaction.of(owner))))
        .orElseGet(() -> noScript(owner));
  }

  static CheckResult endedBecause(Recorded owner, int connection, EndReason reason) {
    return run(owner, connection)
        .map(run -> endedBecause((ScriptedPeer) owner, run, reason))
        .orElseGet(() -> noScript(owner));
  }

  private static CheckResult endedBecause(ScriptedPeer peer, ScriptRun run, EndReason reason) {
    Optional<EndReason> actualReason = run.endReason();
    return result(
        peer,
        run,
        actualReason.equals(Optional.of(reason)),
        // A finished script can still fail if more bytes come.
        !run.failed(),
        FailureMessage.of("the player did not end for this reason", peer.redaction())
            .expectedAndReceived(
                reason, actualReason.map(EndReason::toString).orElse("still playing")));
  }

  private static CheckResult result(
      ScriptedPeer peer,
      ScriptRun run,
      boolean holds,
      boolean mayHoldLater,
      FailureMessage failure) {
    return CheckResult.of(
        holds, mayHoldLater, () -> failure.append(FailureText.of(peer, run.connection())));
  }

  private static Optional<ScriptRun> run(Recorded owner, int connection) {
    return owner instanceof ScriptedPeer peer
        ? peer.runs().stream().filter(run -> run.connection() == connection).findFirst()
        : Optional.empty();
  }

  private static CheckResult noScript(Recorded owner) {
    // A connection is recorded shortly before its player starts.
    boolean mayHoldLater = owner instanceof ScriptedPeer peer && !peer.script().steps().isEmpty();
    return CheckResult.of(
        false,
        mayHoldLater,
        () -> FailureMessage.of("no script is played here", Redaction.of(owner)));
  }
}
