package dev.partyline.assertions;

import dev.partyline.script.player.EndReason;
import dev.partyline.script.player.ScriptedPeer;

/**
 * Assertions on somebody that plays a script, such as a listener or a client: on what was said, and
 * on how the script fared.
 *
 * <p>Every check looks at the recording as it is then; {@link #within} has it wait.
 */
public final class ScriptedAssert extends ConnectionsAssert<ScriptedAssert> {
  private final ScriptedPeer owner;

  ScriptedAssert(CheckRunner runner, ScriptedPeer owner) {
    super(runner, owner);
    this.owner = owner;
  }

  /**
   * Checks that everything in the script was said and met: on every connection so far nothing is
   * left that must still come, and there was a connection for each {@code connection} block.
   * Waiting at the start of an endless pass of {@code repeat} counts as finished.
   *
   * <pre><code>
   * // passes after the client said QUIT, for a script that ends with C: QUIT:
   * assertThat(listener).finishedScript();
   * // fails before, and shows where it stands:
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
   * // passes if the only client said HELO where the script expects EHLO:
   * assertThat(listener).endedBecause(Ending.WRONG_BYTES);
   * // fails then:
   * assertThat(listener).endedBecause(Ending.FINISHED);
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
