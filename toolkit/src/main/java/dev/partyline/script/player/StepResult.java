package dev.partyline.script.player;

/** The result of one step of the interpreter, or of a run of steps. */
sealed interface StepResult {
  /** A result without a value. */
  enum Signal implements StepResult {
    /** The instruction is done: go on with the next. */
    NEXT,
    /** The instruction must run again: it is not done. */
    RERUN,
    /** The loop is over, because its peer has closed between two passes. */
    EXIT_LOOP,
    /** Everything is done. */
    DONE
  }

  /**
   * Something must come first, or time must pass.
   *
   * @param wakeAt until when to wait at the longest; MAX_VALUE for ever
   */
  record Wait(long wakeAt) implements StepResult {}

  /** There is an action to do. */
  record Emit(Action action) implements StepResult {}

  /** The script cannot go on. */
  record Fail(Failure failure) implements StepResult {}
}
