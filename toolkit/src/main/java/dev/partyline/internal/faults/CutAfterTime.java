package dev.partyline.internal.faults;

import dev.partyline.internal.text.DurationText;
import dev.partyline.weather.spi.CloseType;
import dev.partyline.weather.spi.FaultContext;
import dev.partyline.weather.spi.ImpairmentBehavior;
import dev.partyline.weather.spi.PendingInput;
import dev.partyline.weather.spi.Verdict;
import dev.partyline.wire.Side;
import org.jspecify.annotations.Nullable;

/** Ends the connection after a time, whether bytes pass or not. */
public record CutAfterTime(long nanos, CloseType closeType) implements StreamImpairment {
  @Override
  public ImpairmentBehavior begin(FaultContext context) {
    return new TimerBehavior(context);
  }

  @Override
  public @Nullable Side defaultSender() {
    return null;
  }

  @Override
  public String toString() {
    return StreamImpairment.prefix(closeType) + DurationText.literal(nanos);
  }

  private final class TimerBehavior implements ImpairmentBehavior {
    private final FaultContext context;
    private final long deadline;

    TimerBehavior(FaultContext context) {
      this.context = context;
      this.deadline = context.startedAt() + nanos;
    }

    @Override
    public Verdict onInput(PendingInput input) {
      return input.arrivedAt() < deadline ? new Verdict.Pass(input.size()) : cut();
    }

    @Override
    public Verdict onIdle(long now) {
      return now < deadline ? new Verdict.Hold(deadline) : cut();
    }

    @Override
    public long closeAt() {
      return deadline;
    }

    private Verdict cut() {
      // The offset is left out, because it depends on the load of the machine.
      context.reportHit(-1, "after " + DurationText.literal(nanos));
      return new Verdict.CloseConnection(closeType, deadline);
    }
  }
}
