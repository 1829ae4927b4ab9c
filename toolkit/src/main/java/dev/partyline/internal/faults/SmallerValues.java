package dev.partyline.internal.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** What is less than a time, a probability or a number of a fault. */
final class SmallerValues {
  private static final long NANOS_PER_MILLI = 1_000_000;

  /** Below it, how busy the machine is would decide. */
  private static final long MIN_NANOS = 10 * NANOS_PER_MILLI;

  private static final double MIN_PROBABILITY = 0.001;

  private SmallerValues() {}

  /** Returns the shortest time, and half of one, in whole milliseconds, from 10 ms. */
  static List<Long> times(long nanos) {
    return LongStream.of(MIN_NANOS, nanos / 2 / NANOS_PER_MILLI * NANOS_PER_MILLI)
        .filter(time -> time >= MIN_NANOS && time < nanos)
        .distinct()
        .boxed()
        .toList();
  }

  /** Returns the next lower one of 5 %, 2 %, 1 % and so on, from 0.1 %. */
  static List<Double> probabilities(double probability) {
    double next = MIN_PROBABILITY * below((long) Math.ceil(probability / MIN_PROBABILITY) - 1);
    return DoubleStream.of(Math.round(next * 1e3) / 1e3)
        .filter(lower -> lower >= MIN_PROBABILITY && lower < probability)
        .boxed()
        .toList();
  }

  /** Returns 1, and half of a number. */
  static List<Integer> counts(int count) {
    return IntStream.of(1, count / 2)
        .filter(less -> less < count && less > 0)
        .distinct()
        .boxed()
        .toList();
  }

  /** Returns each half of a list, and all but each. */
  static <T> List<List<T>> lists(List<T> all) {
    List<List<T>> parts = new ArrayList<>();
    if (all.size() > 1) {
      parts.add(all.subList(0, all.size() / 2));
      parts.add(all.subList(all.size() / 2, all.size()));
    }
    for (int i = 0; all.size() > 2 && i < all.size(); i++) {
      List<T> rest = new ArrayList<>(all);
      rest.remove(i);
      parts.add(rest);
    }
    return parts;
  }

  /** Returns the largest of 1, 2, 5, 10, 20 and so on up to a limit; 0 if that is less. */
  private static long below(long limit) {
    long found = 0;
    for (long step = 1; step > 0 && step <= limit; step *= 10) {
      found = step;
      for (long factor : new long[] {2, 5}) {
        found = factor <= limit / step ? factor * step : found;
      }
    }
    return found;
  }
}
