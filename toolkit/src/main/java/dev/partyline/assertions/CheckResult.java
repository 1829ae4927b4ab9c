package dev.partyline.assertions;

import java.util.function.Supplier;

/**
 * The result of a check at one moment.
 *
 * @param outcome whether it holds
 * @param failure why it does not hold; called only when the check finally fails
 */
record CheckResult(Outcome outcome, Supplier<FailureMessage> failure) {

  static CheckResult of(boolean holds, boolean mayHoldLater, Supplier<FailureMessage> failure) {
    return new CheckResult(Outcome.of(holds, mayHoldLater), failure);
  }

  /** Returns the result of a check that holds. */
  static CheckResult pass() {
    return new CheckResult(
        Outcome.PASS,
        () -> {
          throw new IllegalStateException("a check that holds has no failure");
        });
  }

  /** Returns whether repeating the check would change nothing. */
  boolean isDecided() {
    return outcome != Outcome.PENDING;
  }

  boolean isPass() {
    return outcome == Outcome.PASS;
  }
}
