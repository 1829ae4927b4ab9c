package dev.partyline.wire;

import dev.partyline.internal.text.ArgumentChecks;
import java.time.Duration;

/**
 * How much longer every wait may take on this machine: {@code -Dpartyline.patience=4}.
 *
 * <p>The value is a factor above 0, 1 by default, for slow machines. {@code off} makes every wait
 * ten days long, for work in a debugger.
 */
public final class TimeoutFactor {
  private static final String PROPERTY = "partyline.patience";
  private static final Duration MAX_WAIT = Duration.ofDays(10);

  private TimeoutFactor() {}

  /**
   * Returns the wait multiplied by the factor, at most ten days.
   *
   * @param wait how long to wait on an ordinary machine
   * @throws IllegalArgumentException if the wait is negative or the property is neither a factor
   *     above 0 nor {@code off}
   */
  public static Duration stretch(Duration wait) {
    ArgumentChecks.notNegative("wait", wait);
    String value = value();
    if (value.equals("off")) {
      return MAX_WAIT;
    }
    Duration base = wait.compareTo(MAX_WAIT) < 0 ? wait : MAX_WAIT;
    if (value.equals("1")) {
      return base;
    }
    double nanos = base.toNanos() * factor(value);
    return nanos >= MAX_WAIT.toNanos() ? MAX_WAIT : Duration.ofNanos(Math.round(nanos));
  }

  /** Returns the wait multiplied by the factor, or unchanged if that is {@code off}. */
  static Duration stretchByFactor(Duration wait) {
    Duration result = stretch(wait);
    return value().equals("off") ? wait : result;
  }

  private static String value() {
    return System.getProperty(PROPERTY, "1").strip();
  }

  private static double factor(String value) {
    try {
      double factor = Double.parseDouble(value);
      if (factor > 0 && factor < Double.POSITIVE_INFINITY) {
        return factor;
      }
    } catch (NumberFormatException e) {
      // Reported below, like numbers that are not valid.
    }
    throw new IllegalArgumentException(
        "-D" + PROPERTY + "=" + value + " must be a factor above 0, such as 4, or 'off'");
  }
}
