package dev.partyline.bench;

import java.util.List;

/** The statistics of the benches. */
final class Figures {
  private Figures() {}

  /** Returns the lower quartile, which depends less on what else was running. */
  static double lowerQuartile(List<? extends Number> numbers) {
    return numbers.stream()
        .mapToDouble(Number::doubleValue)
        .sorted()
        .skip(numbers.size() / 4)
        .findFirst()
        .orElseThrow();
  }

  /** Returns the middle of the numbers. */
  static double median(List<? extends Number> numbers) {
    List<Double> sorted = numbers.stream().map(Number::doubleValue).sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
