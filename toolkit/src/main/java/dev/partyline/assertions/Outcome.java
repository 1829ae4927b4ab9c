package dev.partyline.assertions;

/** How a check stands at one moment. */
enum Outcome {
  /** It holds. */
  HOLDS,
  /** It does not hold, but may when more is said. */
  NOT_YET,
  /** It does not hold, and nothing that can still be said changes that. */
  NEVER;

  static Outcome of(boolean holds, boolean mayYet) {
    return holds ? HOLDS : mayYet ? NOT_YET : NEVER;
  }
}
