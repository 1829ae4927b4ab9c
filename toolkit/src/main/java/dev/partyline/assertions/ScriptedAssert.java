package dev.partyline.assertions;

import dev.partyline.script.player.EndReason;
import dev.partyline.script.player.ScriptedPeer;

/**
 * Assertions on a peer that plays a script, such as a listener or a client: on what was sent, and
 * on the runs of the script.
 *
 * <p>Every check looks at the recording as it is then; after {@link #within} it waits.
 */
public final class ScriptedAssert extends ConnectionsAssert<ScriptedAssert> {
  private final ScriptedPeer owner;

  ScriptedAssert(CheckRunner runner, ScriptedPeer owner) {
    super(runner, owner);
    this.owner = owner;
  }

  /**
   * Checks that the script was finished: on every connection so far all its steps are done, and
   * there was a connection for each {@code connection} block. Waiting at the start of an iteration
   * of an endless {@code repeat} counts as finished.
   *
   * <pre><code>
   * // passes after the client sent QUIT, for a script that ends with C: QUIT:
   * assertThat(listener).finishedScript();
   * // fails before, and shows the current step:
   * assertThat(listener).finishedScript();
   * </code></pre>
   */
  public ScriptedAssert finishedScript() {
    runner.check(owner.recording(), () -> ScriptChecks.finished(owner));
    return this;
  }

  /**
   * Checks that there was a connection, and that on every one the player ended for this reason.
   *
   * <pre><code>
   * // passes if the only client sent HELO where the script expects EHLO:
   * assertThat(listener).endedBecause(EndReason.WRONG_BYTES);
   * // fails then:
   * assertThat(listener).endedBecause(EndReason.FINISHED);
   * </code></pre>
   */
  public ScriptedAssert endedBecause(EndReason reason) {
    runner.check(owner.recording(), () -> ScriptChecks.endedBecause(owner, reason));
    return this;
  }

  @Override
  ScriptedAssert self() {
    return this;
  }

  @Override
  ScriptedAssert withRunner(CheckRunner runner) {
    return new ScriptedAssert(runner, owner);
  }
}
