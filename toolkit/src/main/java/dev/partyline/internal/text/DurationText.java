package dev.partyline.internal.text;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Durations as text: in words for messages, and as literals of the script and of faults. */
public final class DurationText {
  private static final Pattern LITERAL = Pattern.compile("(\\d{1,18})(ns|us|ms|s|m)");
  private static final int NANOS_PER_MILLI = 1_000_000;

  private DurationText() {}

  /**
   * Returns {@code 5 s}, {@code 200 ms} or {@code 1.5 ms}: milliseconds, with a digit after the
   * point below ten of them, unless there are only whole seconds.
   */
  public static String words(Duration duration) {
    boolean isShort = duration.compareTo(Duration.ofMillis(10)) < 0;
    Duration rounded = round(duration, isShort ? NANOS_PER_MILLI / 10 : NANOS_PER_MILLI);
    if (rounded.toNanosPart() == 0 && !rounded.isZero()) {
      return rounded.toSeconds() + " s";
    }
    return rounded.toNanosPart() % NANOS_PER_MILLI == 0
        ? rounded.toMillis() + " ms"
        : rounded.toNanos() / (double) NANOS_PER_MILLI + " ms";
  }

  private static Duration round(Duration duration, int unitNanos) {
    Duration raised = duration.plusNanos(unitNanos / 2);
    return raised.minusNanos(raised.toNanosPart() % unitNanos);
  }

  /** Returns a text such as {@code 50ms}, in the largest unit in which it is whole. */
  public static String literal(Duration duration) {
    long seconds = duration.toSeconds();
    int nanos = duration.toNanosPart();
    if (nanos == 0) {
      return seconds > 0 && seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }
    if (nanos % NANOS_PER_MILLI == 0) {
      return duration.toMillis() + "ms";
    }
    return nanos % 1_000 == 0 ? duration.toNanos() / 1_000 + "us" : duration.toNanos() + "ns";
  }

  /** Returns a text such as {@code 50ms}, in the largest unit in which it is whole. */
  public static String literal(long nanos) {
    return literal(Duration.ofNanos(nanos));
  }

  /** Returns the time after the opening as a script has it, such as {@code [+1.000000001]}. */
  public static String timestamp(Duration time) {
    return String.format(Locale.ROOT, "[+%d.%09d]", time.getSeconds(), time.getNano());
  }

  /** Returns a text such as {@code 12.345ms}. */
  public static String millis(long nanos) {
    return String.format(Locale.ROOT, "%d.%03dms", nanos / NANOS_PER_MILLI, nanos / 1_000 % 1_000);
  }

  /**
   * Returns the duration of a text such as {@code 50ms}; null if it is not one, or one whose
   * nanoseconds do not fit into a {@code long}.
   */
  public static @Nullable Duration parse(String text) {
    Matcher matcher = LITERAL.matcher(text);
    if (!matcher.matches()) {
      return null;
    }
    long unitNanos =
        switch (matcher.group(2)) {
          case "ns" -> 1;
          case "us" -> 1_000;
          case "ms" -> NANOS_PER_MILLI;
          case "s" -> 1_000_000_000;
          default -> 60_000_000_000L;
        };
    long count = Long.parseLong(matcher.group(1));
    return count > Long.MAX_VALUE / unitNanos ? null : Duration.ofNanos(count * unitNanos);
  }
}
