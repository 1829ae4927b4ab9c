package dev.partyline.weather;

import dev.partyline.wire.Transport;
import org.jspecify.annotations.Nullable;

/** Every nth datagram is lost. */
record LossEvery(int everyNth) implements Impairment {
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
