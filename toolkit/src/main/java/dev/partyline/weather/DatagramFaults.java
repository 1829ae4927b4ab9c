package dev.partyline.weather;

import static dev.partyline.internal.text.ArgumentChecks.waitNanos;

import dev.partyline.internal.faults.Corrupt;
import dev.partyline.internal.faults.DatagramSelection;
import dev.partyline.internal.faults.DatagramSelection.Chance;
import dev.partyline.internal.faults.DatagramSelection.DatagramNumbers;
import dev.partyline.internal.faults.DatagramSelection.EveryNth;
import dev.partyline.internal.faults.DuplicateImpairment;
import dev.partyline.internal.faults.Loss;
import dev.partyline.internal.faults.LossGilbertElliott;
import dev.partyline.internal.faults.ReorderImpairment;
import java.time.Duration;

/**
 * The faults that act on datagrams alone, each direction of a connection by itself.
 *
 * <p>Datagrams are numbered from 1 in each direction. Probabilities are from 0 to 1, numbers and
 * counts at least 1; anything else is an {@link IllegalArgumentException}.
 */
public final class DatagramFaults {
  private DatagramFaults() {}

  /** Loses each datagram with a probability (netem's loss random). */
  public static Fault loss(double probability) {
    return Fault.of(new Loss(new Chance(probability)));
  }

  /** Loses every nth datagram: for 3 the third, the sixth and so on. */
  public static Fault lossEvery(int n) {
    return Fault.of(new Loss(new EveryNth(n)));
  }

  /** Loses the datagrams with these numbers. */
  public static Fault lossOf(int... numbers) {
    return Fault.of(new Loss(DatagramNumbers.of(numbers)));
  }

  /** Loses all datagrams in the bad state and none in the good one, as netem does by default. */
  public static Fault lossGilbertElliott(double p, double r) {
    return lossGilbertElliott(p, r, 1, 0);
  }

  /**
   * Loses datagrams in bursts, by the model of Gilbert and Elliott (netem's loss gemodel).
   *
   * @param p the probability to go from the good state to the bad one, at each datagram
   * @param r the probability to go back; a burst has 1/r datagrams on average
   * @param bad the probability to lose a datagram in the bad state (1-h)
   * @param good the probability to lose one in the good state (1-k)
   */
  public static Fault lossGilbertElliott(double p, double r, double bad, double good) {
    return Fault.of(new LossGilbertElliott(p, r, bad, good));
  }

  /** Sends each datagram twice with a probability (netem's duplicate). */
  public static Fault duplicate(double probability) {
    return Fault.of(new DuplicateImpairment(new Chance(probability)));
  }

  /** Sends the datagrams with these numbers twice. */
  public static Fault duplicateOf(int... numbers) {
    return Fault.of(new DuplicateImpairment(DatagramNumbers.of(numbers)));
  }

  /** {@link #reorder(double, int, Duration)} with 100 ms. */
  public static Fault reorder(double probability, int datagrams) {
    return reorder(probability, datagrams, ReorderImpairment.DEFAULT_TIMEOUT);
  }

  /**
   * Lets other datagrams overtake each with a probability.
   *
   * @param datagrams how many
   * @param timeout after which it leaves if fewer come
   */
  public static Fault reorder(double probability, int datagrams, Duration timeout) {
    return reorder(new Chance(probability), datagrams, timeout);
  }

  /** {@link #reorderOf(int, Duration, int...)} with one other datagram and 100 ms. */
  public static Fault reorderOf(int... numbers) {
    return reorder(DatagramNumbers.of(numbers), 1, ReorderImpairment.DEFAULT_TIMEOUT);
  }

  /**
   * Lets other datagrams overtake those with these numbers.
   *
   * @param datagrams how many
   * @param timeout after which it leaves if fewer come
   */
  public static Fault reorderOf(int datagrams, Duration timeout, int... numbers) {
    return reorder(DatagramNumbers.of(numbers), datagrams, timeout);
  }

  private static Fault reorder(DatagramSelection selection, int datagrams, Duration timeout) {
    return Fault.of(new ReorderImpairment(selection, datagrams, waitNanos("timeout", timeout)));
  }

  /** Flips one bit of the datagrams with these numbers; by default of those of the server. */
  public static Fault corruptOf(int... numbers) {
    return Fault.of(new Corrupt(DatagramNumbers.of(numbers)));
  }
}
