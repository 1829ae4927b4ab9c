package dev.partyline.internal.faults;

import dev.partyline.internal.text.ArgumentChecks;
import dev.partyline.internal.text.Units;
import dev.partyline.weather.spi.FaultContext;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Which datagrams, or bytes of a stream, a fault takes. */
public sealed interface DatagramSelection {
  /**
   * Returns whether it takes one.
   *
   * @param number of the datagram from 1
   * @param index of the random number that belongs to it
   */
  boolean includes(FaultContext context, long number, long index);

  /** Returns selections of fewer. */
  List<? extends DatagramSelection> smaller();

  /** Each with a probability. */
  record Chance(double probability) implements DatagramSelection {
    /** Checks the probability. */
    public Chance {
      probability = ArgumentChecks.probability("probability", probability);
    }

    @Override
    public boolean includes(FaultContext context, long number, long index) {
      return context.draw(index) < probability;
    }

    @Override
    public List<Chance> smaller() {
      return SmallerValues.probabilities(probability).stream().map(Chance::new).toList();
    }

    @Override
    public String toString() {
      return Units.percent(probability);
    }
  }

  /** Every nth. */
  record EveryNth(int n) implements DatagramSelection {
    /** Checks the number. */
    public EveryNth {
      ArgumentChecks.atLeast("n", n, 1);
    }

    @Override
    public boolean includes(FaultContext context, long number, long index) {
      return number % n == 0;
    }

    @Override
    public List<DatagramNumbers> smaller() {
      return List.of(DatagramNumbers.of(n));
    }

    @Override
    public String toString() {
      return "every " + n;
    }
  }

  /** Those with these numbers, which are sorted. */
  record DatagramNumbers(List<Integer> numbers) implements DatagramSelection {
    public static DatagramNumbers of(int... numbers) {
      if (numbers.length == 0) {
        throw new IllegalArgumentException("datagrams () must be at least one number");
      }
      Arrays.stream(numbers).forEach(number -> ArgumentChecks.atLeast("datagram", number, 1));
      return new DatagramNumbers(Arrays.stream(numbers).sorted().distinct().boxed().toList());
    }

    @Override
    public boolean includes(FaultContext context, long number, long index) {
      return number <= Integer.MAX_VALUE && numbers.contains((int) number);
    }

    @Override
    public List<DatagramNumbers> smaller() {
      return SmallerValues.lists(numbers).stream().map(DatagramNumbers::new).toList();
    }

    @Override
    public String toString() {
      return "of " + numbers.stream().map(String::valueOf).collect(Collectors.joining(","));
    }
  }
}
