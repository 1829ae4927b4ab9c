package dev.partyline.bench;

import java.util.List;

/** What the benches make of their numbers. */
final class Figures {
  private Figures() {}

  /**
   * Returns the number that a quarter of them are below: it hangs less on what else was running.
   */
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
