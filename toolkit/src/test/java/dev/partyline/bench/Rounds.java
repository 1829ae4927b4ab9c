package dev.partyline.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;

/**
 * Measures several relays in turns, so that what else the machine does hits all of them alike; the
 * first is what the others are compared with, round by round.
 */
final class Rounds {
  private final Map<String, List<double[]>> figures = new LinkedHashMap<>();
  private final String first;

  private Rounds(String first) {
    this.first = first;
  }

  /** Measures one relay through a port, and returns one figure or more. */
  @FunctionalInterface
  interface Measure {
    double[] measure(RelayUnderTest relay, int port) throws IOException;
  }

  /** Runs rounds that do not count, for the compilers of the JVMs, and then those that do. */
  static Rounds run(
      List<RelayUnderTest> relays, int warmUpRounds, int countedRounds, Measure measure)
      throws IOException {
    Rounds rounds = new Rounds(relays.get(0).name());
    for (int round = -warmUpRounds; round < countedRounds; round++) {
      for (RelayUnderTest relay : relays) {
        double[] figures = measure.measure(relay, relay.open());
        if (round >= 0) {
          rounds.figures.computeIfAbsent(relay.name(), any -> new ArrayList<>()).add(figures);
        }
      }
    }
    return rounds;
  }

  Iterable<String> names() {
    return figures.keySet();
  }

  double median(String name, int figure) {
    return Figures.median(figures.get(name).stream().map(each -> each[figure]).toList());
  }

  /** Returns the median of what the figures are to those of the first relay. */
  double ratio(String name, int figure) {
    return ratio(name, first, figure);
  }

  /** Returns the median of what the figures of one relay are to those of another. */
  double ratio(String name, String other, int figure) {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < figures.get(name).size(); i++) {
      ratios.add(figures.get(name).get(i)[figure] / figures.get(other).get(i)[figure]);
    }
    return Figures.median(ratios);
  }

  /**
   * Returns what the best figure is to the best of the first relay: what is left of the ratio on a
   * machine that has other work, and may seem to favour the one or the other.
   */
  double ratioOfBest(String name, int figure, BinaryOperator<Double> best) {
    return best(name, figure, best) / best(first, figure, best);
  }

  private double best(String name, int figure, BinaryOperator<Double> best) {
    return figures.get(name).stream().map(each -> each[figure]).reduce(best).orElseThrow();
  }

  /** Prints what a figure is to haproxy's, where that is installed. */
  void printRatioToHaproxy(String name, int figure) {
    for (String other : names()) {
      if (other.startsWith("haproxy")) {
        System.out.printf("  %s: %.2f of %s%n", name, ratio(name, other, figure), other);
      }
    }
  }
}
