package dev.partyline.script;

/** What came of an operation, or of a run. */
enum Flow {
  /** The operation is done; the next one follows. */
  ON,
  /** The operation goes on with what is left to it. */
  AGAIN,
  /** Something must come first, or time must pass. */
  WAIT,
  /** There is an action to do. */
  ACT,
  /** The loop is over, for its peer has gone between two passes. */
  LEFT,
  /** The script cannot go on. */
  FAIL,
  /** Everything is done. */
  DONE
}
