package dev.partyline.internal.faults;

import dev.partyline.internal.text.ArgumentChecks;
import dev.partyline.weather.spi.FaultContext;
import dev.partyline.weather.spi.Impairment;
import dev.partyline.weather.spi.ImpairmentBehavior;
import dev.partyline.weather.spi.Verdict;
import dev.partyline.wire.Transport;
import org.jspecify.annotations.Nullable;

/** Loses every nth datagram. */
public record LossEvery(int everyNth) implements Impairment {
  /** Checks the number. */
  public LossEvery {
    ArgumentChecks.atLeast("n", everyNth, 1);
  }

  @Override
  public ImpairmentBehavior begin(FaultContext context) {
    return input -> {
      if (input.offset() % everyNth != 0) {
        return new Verdict.Pass(input.size());
      }
      context.reportHit(input.offset(), "");
      return new Verdict.Drop(input.size());
    };
  }

  @Override
  public @Nullable String unsupportedReason(Transport transport) {
    return transport.isStream() ? Loss.ADVICE : null;
  }

  @Override
  public String toString() {
    return "loss every " + everyNth;
  }
}
