package dev.partyline.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;

/**
 * Measures several relays in turns, so that other load of the machine affects all of them alike.
 * The others are compared with the first one, round by round.
 */
final class Rounds {
  private final Map<String, List<double[]>> figures = new LinkedHashMap<>();
  private final List<String> names;
  private final String first;

  private Rounds(List<String> names) {
    this.names = names;
    this.first = names.get(0);
  }

  /** Measures one relay through a port, and returns one figure or more. */
  @FunctionalInterface
  interface Measure {
    double[] measure(RelayUnderTest relay, int port) throws IOException;
  }

  /** Runs rounds that warm the JVMs up, and then those that count. */
  static Rounds run(
      List<RelayUnderTest> relays, int warmUpRounds, int countedRounds, Measure measure)
      throws IOException {
    Rounds rounds = new Rounds(relays.stream().map(RelayUnderTest::name).toList());
    List<RelayUnderTest> order = new ArrayList<>(relays);
    for (int round = -warmUpRounds; round < countedRounds; round++) {
      // Which relay was measured before makes a difference.
      Collections.rotate(order, 1);
      for (RelayUnderTest relay : order) {
        double[] figures = measure.measure(relay, relay.open());
        if (round >= 0) {
          rounds.figures.computeIfAbsent(relay.name(), any -> new ArrayList<>()).add(figures);
        }
      }
    }
    return rounds;
  }

  Iterable<String> names() {
    return names;
  }

  double median(String name, int figure) {
    return Figures.median(figures.get(name).stream().map(each -> each[figure]).toList());
  }

  /** Returns the median ratio of the figures to those of the first relay. */
  double ratio(String name, int figure) {
    return ratio(name, first, figure);
  }

  /** Returns the median ratio of the figures of one relay to those of another. */
  double ratio(String name, String other, int figure) {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < figures.get(name).size(); i++) {
      ratios.add(figures.get(name).get(i)[figure] / figures.get(other).get(i)[figure]);
    }
    return Figures.median(ratios);
  }

  /**
   * Returns the ratio of the best figure to the best of the first relay. It depends less on other
   * load of the machine, which may favour one or the other.
   */
  double ratioOfBest(String name, int figure, BinaryOperator<Double> best) {
    return best(name, figure, best) / best(first, figure, best);
  }

  private double best(String name, int figure, BinaryOperator<Double> best) {
    return figures.get(name).stream().map(each -> each[figure]).reduce(best).orElseThrow();
  }

  /** Prints the ratios of a figure to those of the other relays, the direct connection aside. */
  void printRatios(String name, int figure) {
    for (String other : names()) {
      if (!other.equals(name) && !other.equals(first)) {
        System.out.printf("  %s: %.2f of %s%n", name, ratio(name, other, figure), other);
      }
    }
  }
}
