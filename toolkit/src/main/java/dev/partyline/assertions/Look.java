package dev.partyline.assertions;

import java.util.function.Supplier;

/**
 * What a check saw when it looked once.
 *
 * @param standing how the check stands
 * @param facts why it does not hold; asked for only when the check fails for good
 */
record Look(Standing standing, Supplier<Facts> facts) {

  static Look of(boolean holds, boolean mayYet, Supplier<Facts> facts) {
    return new Look(Standing.of(holds, mayYet), facts);
  }

  /** Returns the look of a check that holds. */
  static Look held() {
    return new Look(
        Standing.HOLDS,
        () -> {
          throw new IllegalStateException("a check that holds has no facts against it");
        });
  }

  /** Returns whether more looks would change nothing. */
  boolean isDecided() {
    return standing != Standing.NOT_YET;
  }

  boolean holds() {
    return standing == Standing.HOLDS;
  }
}
