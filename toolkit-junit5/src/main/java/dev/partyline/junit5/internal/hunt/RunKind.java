package dev.partyline.junit5.internal.hunt;

/** Why a test is run under a condition. */
enum RunKind {
  /** In clear weather, to see what is sent. */
  CLEAR,
  /** To see whether it passes. */
  CHECK,
  /** To find a smaller condition under which it fails; that is no failure. */
  SHRINK,
  /** To fail under the smallest condition that was found. */
  SMALLEST
}
