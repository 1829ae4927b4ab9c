package dev.partyline.assertions;

/** Whether a check holds at one moment. */
enum Outcome {
  /** It holds. */
  PASS,
  /** It does not hold, but may when more is recorded. */
  PENDING,
  /** It does not hold, and nothing that can still be recorded changes that. */
  FAIL;

  static Outcome of(boolean holds, boolean mayHoldLater) {
    return holds ? PASS : mayHoldLater ? PENDING : FAIL;
  }
}
