package dev.partyline.junit5.internal.suite;

import java.util.Locale;

/** How a test has ended under a condition, with what counts more first. */
enum RunResult {
  FAILED,
  PASSED,
  NO_EFFECT,
  ABORTED;

  /** Returns the result of two invocations of a method. */
  RunResult and(RunResult other) {
    return compareTo(other) <= 0 ? this : other;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
