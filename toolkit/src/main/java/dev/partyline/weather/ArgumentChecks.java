package dev.partyline.weather;

import dev.partyline.wire.Bytes;
import java.time.Duration;

/** What the figures of faults must be. */
final class ArgumentChecks {
  /** How much of a stream is decided at once: what a full segment carries over Ethernet. */
  static final int SEGMENT = 1460;

  private static final Duration LONGEST = Duration.ofDays(3650);

  private ArgumentChecks() {}

  static long nanos(String name, Duration time) {
    if (time.isNegative() || time.isZero() || time.compareTo(LONGEST) > 0) {
      throw wrong(name, time, "above 0 and at most ten years");
    }
    return time.toNanos();
  }

  static double probability(String name, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw wrong(name, value, "from 0 to 1, such as 0.01 for 1 %");
    }
    // Minus zero is zero, and would not be equal to it.
    return value + 0.0;
  }

  static long atLeast(long least, String name, long value) {
    if (value < least) {
      throw wrong(name, value, "at least " + least);
    }
    return value;
  }

  static Bytes pattern(Bytes pattern) {
    if (pattern.isEmpty()) {
      throw new IllegalArgumentException("pattern () must have at least one byte");
    }
    return pattern;
  }

  static IllegalArgumentException wrong(String name, Object value, String rule) {
    return new IllegalArgumentException(name + " (" + value + ") must be " + rule);
  }
}
