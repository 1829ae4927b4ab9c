package dev.partyline.script.player;

/** What came of an attempt, an operation, or a run. */
enum StepResult {
  /** It is met, or done. */
  NEXT,
  /** The operation goes on with what is left to it. */
  RERUN,
  /** Something must come first, or time must pass. */
  WAIT,
  /** There is an action to do. */
  EMIT,
  /** The loop is over, for its peer has gone between two passes. */
  EXIT_LOOP,
  /** It cannot be met; an operation or a run cannot go on. */
  FAIL,
  /** Everything is done. */
  DONE
}
