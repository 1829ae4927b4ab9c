package dev.partyline.script;

/** What came of an attempt, an operation, or a run. */
enum StepResult {
  /** It is met, or done. */
  ON,
  /** The operation goes on with what is left to it. */
  AGAIN,
  /** Something must come first, or time must pass. */
  WAIT,
  /** There is an action to do. */
  ACT,
  /** The loop is over, for its peer has gone between two passes. */
  LEFT,
  /** It cannot be met; an operation or a run cannot go on. */
  FAIL,
  /** Everything is done. */
  DONE
}
