package dev.partyline.weather;

import dev.partyline.wire.Transport;
import org.jspecify.annotations.Nullable;

/** A FIN waits: Toxiproxy's slow_close. */
record SlowClose(long nanos) implements Impairment {
  @Override
  public ImpairmentBehavior begin(FaultContext meeting) {
    return new ImpairmentBehavior() {
      @Override
      public Verdict next(PendingInput waiting) {
        return new Verdict.Pass(waiting.size());
      }

      @Override
      public long end(Delivery.Kind end, long arrived) {
        return end == Delivery.Kind.FIN ? arrived + nanos : arrived;
      }
    };
  }

  @Override
  public @Nullable String unfit(Transport transport) {
    return transport.isStream() ? null : StreamImpairment.ADVICE;
  }

  @Override
  public String toString() {
    return "slow close " + Units.time(nanos);
  }
}
