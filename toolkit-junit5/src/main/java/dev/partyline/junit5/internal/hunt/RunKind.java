package dev.partyline.junit5.internal.hunt;

/** Why a test is run under a condition. */
enum RunKind {
  /** In clear weather, to see what is sent. */
  CLEAR(""),
  /** To see whether it passes. */
  CHECK(""),
  /** To see whether it fails where a side is sliced; the last run fails for all of these. */
  SLICE(""),
  /** To fail where a side is sliced, after all offsets were tried. */
  FIRST_SLICE("first that fails: "),
  /** To fail because no slice had an effect, after all offsets were tried. */
  NO_SLICE("none was met: "),
  /** To find a smaller condition under which it fails; that is no failure. */
  SHRINK("part of "),
  /** In clear weather again, because a condition is to blame only if it passes there. */
  CLEAR_AGAIN("once more "),
  /** To fail under the smallest condition that was found. */
  SMALLEST("smallest part of ");

  /** What its name begins with. */
  final String prefix;

  RunKind(String prefix) {
    this.prefix = prefix;
  }

  /** Returns whether a run that fails is shown as aborted, because it answers a question. */
  boolean isSearch() {
    return this == SLICE || this == SHRINK || this == CLEAR_AGAIN;
  }
}
