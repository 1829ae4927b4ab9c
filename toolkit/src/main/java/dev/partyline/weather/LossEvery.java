package dev.partyline.weather;

import dev.partyline.wire.Transport;
import org.jspecify.annotations.Nullable;

/** Every nth datagram is lost. */
record LossEvery(int every) implements Impairment {
  @Override
  public ImpairmentBehavior begin(FaultContext meeting) {
    return waiting -> {
      if (waiting.offset() % every != 0) {
        return new Verdict.Pass(waiting.size());
      }
      meeting.hit(waiting.offset(), "");
      return new Verdict.Discard(waiting.size());
    };
  }

  @Override
  public @Nullable String unfit(Transport transport) {
    return transport.isStream() ? Loss.ADVICE : null;
  }

  @Override
  public String toString() {
    return "loss every " + every;
  }
}
