package dev.partyline.internal.faults;

import dev.partyline.internal.text.DurationText;
import dev.partyline.weather.spi.Delivery;
import dev.partyline.weather.spi.FaultContext;
import dev.partyline.weather.spi.Impairment;
import dev.partyline.weather.spi.ImpairmentBehavior;
import dev.partyline.weather.spi.PendingInput;
import dev.partyline.weather.spi.Verdict;

/** Holds everything for a time, or until the fault is removed; nothing is lost. */
public record StallImpairment(long nanos) implements Impairment {
  @Override
  public ImpairmentBehavior begin(FaultContext context) {
    return new StallBehavior();
  }

  @Override
  public String toString() {
    return nanos == Verdict.NEVER ? "stall" : "stall " + DurationText.literal(nanos);
  }

  private final class StallBehavior implements ImpairmentBehavior {
    private boolean started;
    private long endTime;

    @Override
    public Verdict onInput(PendingInput input) {
      long resumeTime = resumeTime(input.arrivedAt());
      return resumeTime > input.arrivedAt()
          ? new Verdict.Deliver(input.size(), resumeTime)
          : new Verdict.Pass(input.size());
    }

    @Override
    public long onEnd(Delivery.Kind kind, long arrivedAt) {
      return resumeTime(arrivedAt);
    }

    private long resumeTime(long arrivedAt) {
      if (!started) {
        started = true;
        endTime = nanos == Verdict.NEVER ? nanos : arrivedAt + nanos;
      }
      return Math.max(arrivedAt, endTime);
    }
  }
}
