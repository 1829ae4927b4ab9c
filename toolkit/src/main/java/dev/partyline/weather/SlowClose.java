package dev.partyline.weather;

import dev.partyline.wire.Transport;
import org.jspecify.annotations.Nullable;

/** A FIN waits: Toxiproxy's slow_close. */
record SlowClose(long nanos) implements Impairment {
  @Override
  public Course begin(Meeting meeting) {
    return new Course() {
      @Override
      public Verdict next(Waiting waiting) {
        return new Verdict.Pass(waiting.size());
      }

      @Override
      public long end(Leaving.Kind end, long arrived) {
        return end == Leaving.Kind.FIN ? arrived + nanos : arrived;
      }
    };
  }

  @Override
  public @Nullable String unfit(Transport transport) {
    return transport.isStream() ? null : Cutting.ADVICE;
  }

  @Override
  public String toString() {
    return "slow close " + Amounts.time(nanos);
  }
}
