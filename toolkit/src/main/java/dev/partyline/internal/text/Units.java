package dev.partyline.internal.text;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Times, sizes and probabilities as text. */
public final class Units {
  private static final Map<String, Long> TIME_UNITS =
      Map.of("ns", 1L, "us", 1_000L, "ms", 1_000_000L, "s", 1_000_000_000L, "m", 60_000_000_000L);

  /** Powers of 1000 and, with an i, of 1024: IEC 80000-13. */
  private static final Map<String, Long> SIZE_UNITS =
      Map.of(
          "",
          1L,
          "B",
          1L,
          "KB",
          1_000L,
          "MB",
          1_000_000L,
          "GB",
          1_000_000_000L,
          "KiB",
          1L << 10,
          "MiB",
          1L << 20,
          "GiB",
          1L << 30);

  private Units() {}

  /** Returns a time in the largest unit in which it is whole. */
  public static String time(long nanos) {
    return inLargestUnit(nanos, TIME_UNITS);
  }

  /** Returns a size in the largest unit of powers of 1000 in which it is whole. */
  public static String size(long bytes) {
    Map<String, Long> units = new TreeMap<>(SIZE_UNITS);
    units.keySet().removeIf(unit -> unit.isEmpty() || unit.contains("i"));
    return inLargestUnit(bytes, units);
  }

  private static String inLargestUnit(long amount, Map<String, Long> units) {
    String best = "";
    long largest = 0;
    for (Map.Entry<String, Long> unit : units.entrySet()) {
      if (amount % unit.getValue() == 0 && unit.getValue() > largest) {
        best = unit.getKey();
        largest = unit.getValue();
      }
    }
    return amount / largest + best;
  }

  public static String millis(long nanos) {
    return String.format(Locale.ROOT, "%d.%03dms", nanos / 1_000_000, nanos / 1_000 % 1_000);
  }

  public static String percent(double probability) {
    BigDecimal exact = new BigDecimal(Double.toString(probability)).movePointRight(2);
    return exact.stripTrailingZeros().toPlainString() + "%";
  }

  /** Returns the nanoseconds of a text such as {@code 50ms}, or null if it is none. */
  public static @Nullable Long nanos(String text) {
    return parse(text, TIME_UNITS);
  }

  /** Returns the bytes of a text such as {@code 512} or {@code 64KiB}, or null if it is none. */
  public static @Nullable Long bytes(String text) {
    return parse(text, SIZE_UNITS);
  }

  private static @Nullable Long parse(String text, Map<String, Long> units) {
    int digits = 0;
    while (digits < text.length() && isDigit(text.charAt(digits))) {
      digits++;
    }
    Long unit = units.get(text.substring(digits));
    if (digits == 0 || digits > 18 || unit == null) {
      return null;
    }
    long number = Long.parseLong(text.substring(0, digits));
    return number > Long.MAX_VALUE / unit ? null : number * unit;
  }

  /** Returns the probability of a text such as {@code 0.5%}, or null if it is none. */
  public static @Nullable Double probability(String text) {
    String number = text.endsWith("%") ? text.substring(0, text.length() - 1) : "";
    boolean plain = number.chars().allMatch(c -> isDigit((char) c) || c == '.');
    if (!plain || number.isEmpty() || number.length() > 400) {
      return null;
    }
    try {
      return new BigDecimal(number).movePointLeft(2).doubleValue();
    } catch (NumberFormatException e) {
      // Two points, or nothing but one.
      return null;
    }
  }

  private static boolean isDigit(char each) {
    return each >= '0' && each <= '9';
  }
}
