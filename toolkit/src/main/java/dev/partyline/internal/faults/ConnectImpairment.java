package dev.partyline.internal.faults;

import dev.partyline.weather.spi.Admission;
import dev.partyline.weather.spi.FaultContext;
import dev.partyline.weather.spi.ImpairmentBehavior;
import dev.partyline.weather.spi.Verdict;

/** An impairment of connections when they open, which acts on no bytes. */
public interface ConnectImpairment extends AdvisingImpairment {
  /** Lets the client connect at once. */
  Admission IMMEDIATE = new Admission(false, 0, "");

  /**
   * Returns what happens to a client.
   *
   * @param nth its ordinal among those that the fault applies to, from 1
   */
  Admission admit(int nth);

  @Override
  default ImpairmentBehavior begin(FaultContext context) {
    return input -> new Verdict.Pass(input.size());
  }
}
