package dev.partyline.internal.text;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads and prints the times of a script. */
public final class DurationText {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,18})(ns|us|ms|s|m)");

  private DurationText() {}

  /** Returns the time that a text such as {@code 50ms} gives, or null if it gives none. */
  public static @Nullable Duration parse(String text) {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      return null;
    }
    ChronoUnit unit =
        switch (matcher.group(2)) {
          case "ns" -> ChronoUnit.NANOS;
          case "us" -> ChronoUnit.MICROS;
          case "ms" -> ChronoUnit.MILLIS;
          case "s" -> ChronoUnit.SECONDS;
          default -> ChronoUnit.MINUTES;
        };
    try {
      return Duration.of(Long.parseLong(matcher.group(1)), unit);
    } catch (ArithmeticException e) {
      // Longer than can be counted is too long like any other time of more than ten years.
      return null;
    }
  }

  /** Returns a time in the largest unit in which it is whole. */
  public static String print(Duration time) {
    long seconds = time.getSeconds();
    int nanos = time.getNano();
    if (nanos == 0) {
      return seconds > 0 && seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }
    if (nanos % 1_000_000 == 0) {
      return time.toMillis() + "ms";
    }
    return nanos % 1_000 == 0 ? time.toNanos() / 1_000 + "us" : time.toNanos() + "ns";
  }
}
