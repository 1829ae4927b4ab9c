package dev.partyline.internal.text;

import dev.partyline.wire.Bytes;
import java.time.Duration;

/** What the figures of faults must be. */
public final class ArgumentChecks {
  /** How much of a stream is decided at once: what a full segment carries over Ethernet. */
  public static final int SEGMENT_BYTES = 1460;

  private static final Duration MAX_DURATION = Duration.ofDays(3650);

  private ArgumentChecks() {}

  public static long nanos(String name, Duration time) {
    if (time.isNegative() || time.isZero() || time.compareTo(MAX_DURATION) > 0) {
      throw invalid(name, time, "above 0 and at most ten years");
    }
    return time.toNanos();
  }

  public static double probability(String name, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw invalid(name, value, "from 0 to 1, such as 0.01 for 1 %");
    }
    // Minus zero is zero, and would not be equal to it.
    return value + 0.0;
  }

  public static long atLeast(long minimum, String name, long value) {
    if (value < minimum) {
      throw invalid(name, value, "at least " + minimum);
    }
    return value;
  }

  public static Bytes pattern(Bytes pattern) {
    if (pattern.isEmpty()) {
      throw new IllegalArgumentException("pattern () must have at least one byte");
    }
    return pattern;
  }

  public static IllegalArgumentException invalid(String name, Object value, String rule) {
    return new IllegalArgumentException(name + " (" + value + ") must be " + rule);
  }
}
