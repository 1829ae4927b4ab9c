package dev.partyline.assertions;

/** How a check stands at one moment. */
enum Outcome {
  /** It holds. */
  PASS,
  /** It does not hold, but may when more is said. */
  PENDING,
  /** It does not hold, and nothing that can still be said changes that. */
  FAIL;

  static Outcome of(boolean holds, boolean mayHoldLater) {
    return holds ? PASS : mayHoldLater ? PENDING : FAIL;
  }
}
