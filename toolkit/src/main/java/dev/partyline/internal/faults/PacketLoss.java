package dev.partyline.internal.faults;

import dev.partyline.internal.text.ArgumentChecks;
import dev.partyline.internal.text.Units;
import dev.partyline.weather.spi.FaultContext;
import dev.partyline.weather.spi.Impairment;
import dev.partyline.weather.spi.ImpairmentBehavior;
import java.util.List;

/** Loses packets of any transport: what carried a datagram is lost, TCP sends a segment again. */
public record PacketLoss(double probability) implements Impairment {
  /** Checks the probability. */
  public PacketLoss {
    probability = ArgumentChecks.probability("probability", probability);
  }

  @Override
  public ImpairmentBehavior begin(FaultContext context) {
    return (context.direction().transport().isStream() ? segments() : datagrams()).begin(context);
  }

  private LostSegment segments() {
    return new LostSegment(probability, LostSegment.DEFAULT_RTO.toNanos());
  }

  private Loss datagrams() {
    return new Loss(new DatagramSelection.Chance(probability));
  }

  @Override
  public List<PacketLoss> smaller() {
    return SmallerValues.probabilities(probability).stream().map(PacketLoss::new).toList();
  }

  @Override
  public String toString() {
    return "packet loss " + Units.percent(probability);
  }
}
