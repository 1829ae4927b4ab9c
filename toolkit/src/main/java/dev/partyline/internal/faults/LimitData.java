package dev.partyline.internal.faults;

import dev.partyline.internal.text.ArgumentChecks;
import dev.partyline.weather.spi.FaultContext;
import dev.partyline.weather.spi.ImpairmentBehavior;
import dev.partyline.weather.spi.Verdict;

/** Ends one direction by a FIN after so many bytes; the other continues. */
public record LimitData(long bytes) implements StreamImpairment {
  /** Checks the number. */
  public LimitData {
    ArgumentChecks.atLeast("bytes", bytes, 0);
  }

  @Override
  public ImpairmentBehavior begin(FaultContext context) {
    return new ByteQuota(bytes, new Verdict.HalfClose(context.startedAt()));
  }

  @Override
  public String toString() {
    return "limit " + bytes + " bytes";
  }
}
