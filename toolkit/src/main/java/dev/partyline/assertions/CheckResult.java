package dev.partyline.assertions;

import java.util.function.Supplier;

/**
 * What a check saw when it looked once.
 *
 * @param standing how the check stands
 * @param facts why it does not hold; asked for only when the check fails for good
 */
record CheckResult(Outcome standing, Supplier<FailureMessage> facts) {

  static CheckResult of(boolean holds, boolean mayYet, Supplier<FailureMessage> facts) {
    return new CheckResult(Outcome.of(holds, mayYet), facts);
  }

  /** Returns the look of a check that holds. */
  static CheckResult held() {
    return new CheckResult(
        Outcome.HOLDS,
        () -> {
          throw new IllegalStateException("a check that holds has no facts against it");
        });
  }

  /** Returns whether more looks would change nothing. */
  boolean isDecided() {
    return standing != Outcome.NOT_YET;
  }

  boolean holds() {
    return standing == Outcome.HOLDS;
  }
}
