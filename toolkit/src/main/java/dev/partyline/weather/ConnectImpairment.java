package dev.partyline.weather;

/** An impairment of connections at their opening, which no byte meets. */
interface ConnectImpairment extends Impairment {
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
