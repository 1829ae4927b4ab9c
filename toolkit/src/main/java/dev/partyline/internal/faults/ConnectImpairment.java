package dev.partyline.internal.faults;

import dev.partyline.weather.spi.Admission;
import dev.partyline.weather.spi.FaultContext;
import dev.partyline.weather.spi.Impairment;
import dev.partyline.weather.spi.ImpairmentBehavior;
import dev.partyline.weather.spi.Verdict;

/** An impairment of connections at their opening, which no byte meets. */
public interface ConnectImpairment extends Impairment {
  /**
   * Returns what becomes of a client.
   *
   * @param nth which it is of those that the fault concerns, from 1
   */
  Admission admit(int nth);

  @Override
  default ImpairmentBehavior begin(FaultContext context) {
    return input -> new Verdict.Pass(input.size());
  }
}
