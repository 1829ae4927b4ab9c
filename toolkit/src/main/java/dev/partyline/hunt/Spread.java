package dev.partyline.hunt;

import dev.partyline.internal.text.DurationText;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;

/** How some times or counts of the passing runs are spread. */
final class Spread {
  /** Fewer tell nothing of what a run may have. */
  private static final int MIN_COUNT = 3;

  /** What the scheduler of a machine may take from any thread at any time. */
  private static final long MIN_DEVIATION_NANOS = 1_000_000;

  /** The standard deviation of a normal distribution, by its median absolute deviation. */
  private static final double DEVIATIONS_PER_MAD = 1.4826;

  private final long[] sorted;

  Spread(Collection<Long> values) {
    this.sorted = values.stream().mapToLong(Long::longValue).sorted().toArray();
  }

  long median() {
    return median(sorted);
  }

  private static long median(long[] sorted) {
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 || sorted.length == 0
        ? (sorted.length == 0 ? 0 : sorted[middle])
        : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  long max() {
    return sorted.length == 0 ? 0 : sorted[sorted.length - 1];
  }

  long min() {
    return sorted.length == 0 ? 0 : sorted[0];
  }

  int count() {
    return sorted.length;
  }

  /**
   * Returns whether a time is longer than all of these, and by so much that it is none of them:
   * half as much again as the longest, and ten deviations above the median, where the deviation is
   * not that of a few very long ones.
   */
  boolean isFarBelow(long nanos) {
    if (sorted.length < MIN_COUNT) {
      return false;
    }
    long median = median();
    long[] distances =
        Arrays.stream(sorted).map(each -> Math.abs(each - median)).sorted().toArray();
    double deviation = Math.max(DEVIATIONS_PER_MAD * median(distances), median / 20.0);
    double bounded = Math.max(deviation, MIN_DEVIATION_NANOS);
    return nanos > median + 10 * bounded
        && nanos > max() + 3 * bounded
        && nanos > max() + max() / 2;
  }

  /** Returns {@code 0.4 ms (median), 2.1 ms at most}. */
  String times() {
    return words(median()) + " (median), " + words(max()) + " at most";
  }

  /** Returns {@code 3}, or {@code 3 to 5}. */
  String counts() {
    return min() == max() ? Long.toString(min()) : min() + " to " + max();
  }

  static String words(long nanos) {
    return DurationText.words(Duration.ofNanos(Math.max(0, nanos)));
  }
}
