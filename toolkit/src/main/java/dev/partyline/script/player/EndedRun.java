package dev.partyline.script.player;

import org.jspecify.annotations.Nullable;

/**
 * What users see of a run that has ended: its result and its cursor, without the player.
 *
 * <p>It takes a few hundred bytes, the values of names, and one byte for each line of the script; a
 * failure adds its text and at most 800 bytes of what was received.
 */
public final class EndedRun {
  private final ScriptRun scriptRun;
  private final CompiledScript program;
  private final byte[] lineStates;
  private final @Nullable Failure failure;

  EndedRun(
      ScriptRun scriptRun, CompiledScript program, byte[] lineStates, @Nullable Failure failure) {
    this.scriptRun = scriptRun;
    this.program = program;
    this.lineStates = lineStates;
    this.failure = failure;
  }

  /** Returns the result. */
  public ScriptRun scriptRun() {
    return scriptRun;
  }

  /** Returns where the player ended in its script. */
  public Cursor cursor() {
    return Cursor.of(program, lineStates, failure);
  }
}
