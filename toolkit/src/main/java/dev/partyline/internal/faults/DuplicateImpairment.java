package dev.partyline.internal.faults;

import dev.partyline.internal.text.ArgumentChecks;
import dev.partyline.internal.text.Units;
import dev.partyline.weather.spi.FaultContext;
import dev.partyline.weather.spi.Impairment;
import dev.partyline.weather.spi.ImpairmentBehavior;
import dev.partyline.weather.spi.Verdict;
import dev.partyline.wire.Transport;
import org.jspecify.annotations.Nullable;

/** Sends datagrams twice: netem's duplicate. */
public record DuplicateImpairment(double probability) implements Impairment {
  /** Checks the probability. */
  public DuplicateImpairment {
    probability = ArgumentChecks.probability("probability", probability);
  }

  @Override
  public ImpairmentBehavior begin(FaultContext context) {
    return input -> {
      if (context.draw(input.index()) >= probability) {
        return new Verdict.Pass(input.size());
      }
      context.reportHit(input.offset(), "");
      return new Verdict.Duplicate();
    };
  }

  @Override
  public @Nullable String unsupportedReason(Transport transport) {
    return transport.isStream()
        ? "TCP never delivers a byte twice; use Fault.lostSegment(0.01)"
        : null;
  }

  @Override
  public String toString() {
    return "duplicate " + Units.percent(probability);
  }
}
