package dev.partyline.internal.faults;

import dev.partyline.weather.spi.FaultContext;
import dev.partyline.weather.spi.ImpairmentBehavior;
import dev.partyline.weather.spi.Verdict;

/** So many bytes pass in one direction, which then ends by a FIN; the other goes on. */
public record LimitData(long bytes) implements StreamImpairment {
  @Override
  public ImpairmentBehavior begin(FaultContext context) {
    return new ByteQuota(bytes, new Verdict.HalfClose(context.startedAt()));
  }

  @Override
  public String toString() {
    return "limit " + bytes + " bytes";
  }
}
