package dev.partyline.assertions;

import java.util.function.Supplier;

/**
 * What a check saw when it looked once.
 *
 * @param outcome how the check stands
 * @param failure why it does not hold; asked for only when the check fails for good
 */
record CheckResult(Outcome outcome, Supplier<FailureMessage> failure) {

  static CheckResult of(boolean holds, boolean mayHoldLater, Supplier<FailureMessage> failure) {
    return new CheckResult(Outcome.of(holds, mayHoldLater), failure);
  }

  /** Returns the look of a check that holds. */
  static CheckResult pass() {
    return new CheckResult(
        Outcome.PASS,
        () -> {
          throw new IllegalStateException("a check that holds has no facts against it");
        });
  }

  /** Returns whether more looks would change nothing. */
  boolean isDecided() {
    return outcome != Outcome.PENDING;
  }

  boolean isPass() {
    return outcome == Outcome.PASS;
  }
}
