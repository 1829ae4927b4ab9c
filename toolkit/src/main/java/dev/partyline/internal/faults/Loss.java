package dev.partyline.internal.faults;

import dev.partyline.internal.text.ArgumentChecks;
import dev.partyline.internal.text.Units;
import dev.partyline.weather.spi.FaultContext;
import dev.partyline.weather.spi.Impairment;
import dev.partyline.weather.spi.ImpairmentBehavior;
import dev.partyline.weather.spi.Verdict;
import dev.partyline.wire.Transport;
import org.jspecify.annotations.Nullable;

/** Loses datagrams at random: netem's loss random. */
public record Loss(double probability) implements Impairment {
  static final String ADVICE =
      "taking bytes out of a stream is corruption, not loss; use Fault.lostSegment(0.01)";

  /** Checks the probability. */
  public Loss {
    probability = ArgumentChecks.probability("probability", probability);
  }

  @Override
  public ImpairmentBehavior begin(FaultContext context) {
    return input -> {
      if (context.draw(input.index()) >= probability) {
        return new Verdict.Pass(input.size());
      }
      context.reportHit(input.offset(), "");
      return new Verdict.Drop(input.size());
    };
  }

  @Override
  public @Nullable String unsupportedReason(Transport transport) {
    return transport.isStream() ? ADVICE : null;
  }

  @Override
  public String toString() {
    return "loss " + Units.percent(probability);
  }
}
