package dev.partyline.internal.text;

import java.time.Duration;

/** Checks of arguments; the message of a failed one has the name, the value and the rule. */
public final class ArgumentChecks {
  private static final Duration MAX_WAIT = Duration.ofDays(3650);

  private ArgumentChecks() {}

  public static int notNegative(String name, int value) {
    return (int) notNegative(name, (long) value);
  }

  public static long notNegative(String name, long value) {
    if (value < 0) {
      throw negative(name, value);
    }
    return value;
  }

  public static Duration notNegative(String name, Duration value) {
    if (value.isNegative()) {
      throw negative(name, value);
    }
    return value;
  }

  public static int atLeast(String name, int value, int minimum) {
    return (int) atLeast(name, (long) value, minimum);
  }

  public static long atLeast(String name, long value, long minimum) {
    if (value < minimum) {
      throw invalid(name, value, "at least " + minimum);
    }
    return value;
  }

  public static int inRange(String name, int value, int minimum, int maximum) {
    if (value < minimum || value > maximum) {
      throw invalid(name, value, "in " + minimum + ".." + maximum);
    }
    return value;
  }

  /**
   * Checks the number of a port.
   *
   * @param minimum 0 if the system may choose the port, else 1
   */
  public static int port(int value, int minimum) {
    return inRange("port", value, minimum, 65_535);
  }

  /** Checks a time to wait: ten years are less than overflows in nanoseconds. */
  public static Duration wait(String name, Duration value) {
    if (!isWait(value)) {
      throw invalid(name, value, "above 0 and at most ten years");
    }
    return value;
  }

  public static long waitNanos(String name, Duration value) {
    return wait(name, value).toNanos();
  }

  public static boolean isWait(Duration value) {
    return !value.isNegative() && !value.isZero() && value.compareTo(MAX_WAIT) <= 0;
  }

  public static double probability(String name, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw invalid(name, value, "from 0 to 1, such as 0.01 for 1 %");
    }
    // Minus zero is zero, and would not be equal to it.
    return value + 0.0;
  }

  public static String notBlank(String name, String value) {
    if (value.isBlank()) {
      throw invalid(name, value, "at least one letter");
    }
    return value;
  }

  /** Returns the error for a value that is not what it must be. */
  public static IllegalArgumentException invalid(String name, Object value, String rule) {
    return new IllegalArgumentException(name + " (" + value + ") must be " + rule);
  }

  private static IllegalArgumentException negative(String name, Object value) {
    return new IllegalArgumentException(name + " (" + value + ") must not be negative");
  }
}
