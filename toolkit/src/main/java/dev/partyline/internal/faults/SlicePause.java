package dev.partyline.internal.faults;

import dev.partyline.internal.text.ArgumentChecks;
import dev.partyline.internal.text.DurationText;
import java.time.Duration;

/**
 * What is between two slices.
 *
 * @param nanos the time between their departures, at least
 * @param awaitsReader whether the second one also waits until the peer has read the first
 */
public record SlicePause(long nanos, boolean awaitsReader) {
  /** As long as the peer takes to read. */
  public static final SlicePause UNTIL_READ = new SlicePause(0, true);

  /** Returns that of a user: one of no time lets the slices leave at once. */
  public static SlicePause of(Duration pause) {
    return pause.isZero()
        ? new SlicePause(0, false)
        : new SlicePause(ArgumentChecks.waitNanos("pause", pause), true);
  }

  /** Returns the end of a slice's text. */
  @Override
  public String toString() {
    if (nanos == 0) {
      return awaitsReader ? "" : " pause 0ms";
    }
    return " pause " + DurationText.literal(nanos);
  }
}
