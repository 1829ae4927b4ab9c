package dev.partyline.internal.faults;

import dev.partyline.internal.text.DurationText;
import dev.partyline.weather.spi.Delivery;
import dev.partyline.weather.spi.FaultContext;
import dev.partyline.weather.spi.Impairment;
import dev.partyline.weather.spi.ImpairmentBehavior;
import dev.partyline.weather.spi.PendingInput;
import dev.partyline.weather.spi.Verdict;
import java.util.List;

/** Holds everything for a time, or until the fault is removed; nothing is lost. */
public record StallImpairment(long nanos, Scope scope) implements Impairment {
  /** What the time begins with. */
  public enum Scope {
    /** The first byte of each direction. */
    DIRECTION,
    /** The first byte of any connection, for all of them. */
    ALL_CONNECTIONS
  }

  @Override
  public ImpairmentBehavior begin(FaultContext context) {
    return new StallBehavior(context);
  }

  /** One without an end is of another kind than one with. */
  @Override
  public List<StallImpairment> smaller() {
    return nanos == Verdict.NEVER
        ? List.of()
        : SmallerValues.times(nanos).stream()
            .map(time -> new StallImpairment(time, scope))
            .toList();
  }

  @Override
  public String toString() {
    return "stall"
        + (nanos == Verdict.NEVER ? "" : " " + DurationText.literal(nanos))
        + (scope == Scope.DIRECTION ? "" : " on all connections");
  }

  private final class StallBehavior implements ImpairmentBehavior {
    private final FaultContext context;
    private boolean started;
    private long endTime;

    StallBehavior(FaultContext context) {
      this.context = context;
    }

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
        endTime = nanos == Verdict.NEVER ? nanos : start(arrivedAt) + nanos;
      }
      return Math.max(arrivedAt, endTime);
    }

    private long start(long arrivedAt) {
      return scope == Scope.DIRECTION ? arrivedAt : context.commonStart(arrivedAt);
    }
  }
}
