package dev.partyline.internal.text;

import static java.util.Map.entry;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Sizes and probabilities as text. */
public final class Units {
  private static final Pattern SIZE = Pattern.compile("(\\d{1,18})([A-Za-z]*)");
  private static final Pattern PERCENTAGE = Pattern.compile("([0-9.]{1,400})%");

  /** Powers of 1000 and, with an i, of 1024: IEC 80000-13. */
  private static final Map<String, Long> BYTES_PER_UNIT =
      Map.ofEntries(
          entry("", 1L),
          entry("B", 1L),
          entry("KB", 1_000L),
          entry("MB", 1_000_000L),
          entry("GB", 1_000_000_000L),
          entry("KiB", 1L << 10),
          entry("MiB", 1L << 20),
          entry("GiB", 1L << 30));

  private static final List<String> PRINTED_UNITS = List.of("GB", "MB", "KB", "B");

  private Units() {}

  /** Returns a size in the largest unit of powers of 1000 in which it is whole. */
  public static String size(long bytes) {
    return PRINTED_UNITS.stream()
        .filter(unit -> bytes % bytesPer(unit) == 0)
        .findFirst()
        .map(unit -> bytes / bytesPer(unit) + unit)
        .orElseThrow();
  }

  private static long bytesPer(String unit) {
    return BYTES_PER_UNIT.getOrDefault(unit, 1L);
  }

  /**
   * Returns the bytes of a text such as {@code 512} or {@code 64KiB}, or null if it is not valid.
   */
  public static @Nullable Long bytes(String text) {
    Matcher matcher = SIZE.matcher(text);
    if (!matcher.matches() || !BYTES_PER_UNIT.containsKey(matcher.group(2))) {
      return null;
    }
    long count = Long.parseLong(matcher.group(1));
    long bytesPerUnit = bytesPer(matcher.group(2));
    return count > Long.MAX_VALUE / bytesPerUnit ? null : Long.valueOf(count * bytesPerUnit);
  }

  /** Returns a probability as {@code 0.5%} and the like. */
  public static String percent(double probability) {
    BigDecimal exact = new BigDecimal(Double.toString(probability)).movePointRight(2);
    return exact.stripTrailingZeros().toPlainString() + "%";
  }

  /** Returns the probability of a text such as {@code 0.5%}, or null if it is not valid. */
  public static @Nullable Double probability(String text) {
    Matcher matcher = PERCENTAGE.matcher(text);
    if (!matcher.matches()) {
      return null;
    }
    try {
      return new BigDecimal(matcher.group(1)).movePointLeft(2).doubleValue();
    } catch (NumberFormatException e) {
      // Two points, or nothing but one.
      return null;
    }
  }
}
