package dev.partyline.internal.faults;

import dev.partyline.internal.text.ArgumentChecks;
import dev.partyline.weather.spi.CloseType;
import dev.partyline.weather.spi.FaultContext;
import dev.partyline.weather.spi.ImpairmentBehavior;
import dev.partyline.weather.spi.Verdict;

/** Ends the connection once exactly so many bytes have passed. */
public record CutAfterBytes(long bytes, CloseType closeType) implements StreamImpairment {
  /** Checks the number. */
  public CutAfterBytes {
    ArgumentChecks.atLeast("bytes", bytes, 0);
  }

  @Override
  public ImpairmentBehavior begin(FaultContext context) {
    return new ByteQuota(bytes, new Verdict.CloseConnection(closeType, context.startedAt()));
  }

  @Override
  public String toString() {
    return StreamImpairment.prefix(closeType) + bytes + " bytes";
  }
}
