package dev.partyline.assertions;

import dev.partyline.wire.Bytes;
import java.time.Duration;

/** What the arguments of assertions must be; errors give name, value and rule. */
final class ArgumentChecks {
  private ArgumentChecks() {}

  static int notNegative(String name, int value) {
    if (value < 0) {
      throw new IllegalArgumentException(name + " (" + value + ") must not be negative");
    }
    return value;
  }

  static long notNegative(String name, long value) {
    if (value < 0) {
      throw new IllegalArgumentException(name + " (" + value + ") must not be negative");
    }
    return value;
  }

  static int ordinal(int number) {
    if (number < 1) {
      throw new IllegalArgumentException("number (" + number + ") must be 1 or more");
    }
    return number;
  }

  static Duration notNegative(Duration time) {
    if (time.isNegative()) {
      throw new IllegalArgumentException("time (" + time + ") must not be negative");
    }
    return time;
  }

  static Bytes notEmpty(Bytes bytes) {
    if (bytes.isEmpty()) {
      throw new IllegalArgumentException("bytes () must not be empty: they are in everything");
    }
    return bytes;
  }

  static Bytes line(String line) {
    Bytes bytes = Bytes.utf8(line);
    if (line.contains("\n") || line.contains("\r")) {
      throw new IllegalArgumentException(
          "line (" + bytes + ") must be one line, without its line end");
    }
    return bytes;
  }
}
