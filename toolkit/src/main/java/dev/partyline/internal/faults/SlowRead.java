package dev.partyline.internal.faults;

import dev.partyline.internal.text.DurationText;
import dev.partyline.weather.spi.FaultContext;
import dev.partyline.weather.spi.ImpairmentBehavior;
import dev.partyline.wire.Transport;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds the first bytes for a time, in which nothing more is read, so that the sender's window is
 * full soon.
 */
public record SlowRead(long nanos) implements AdvisingImpairment {
  private static final Advice ADVICE =
      new Advice(
          "a sender of datagrams does not wait for its reader", "stall 1s", "Fault.stall(…)");

  @Override
  public ImpairmentBehavior begin(FaultContext context) {
    return new StallImpairment(nanos, StallImpairment.Scope.DIRECTION).begin(context);
  }

  @Override
  public boolean holdsSender() {
    return true;
  }

  @Override
  public @Nullable Advice advice(Transport transport) {
    return transport.isStream() ? null : ADVICE;
  }

  @Override
  public List<SlowRead> smaller() {
    return SmallerValues.times(nanos).stream().map(SlowRead::new).toList();
  }

  @Override
  public String toString() {
    return "slow read " + DurationText.literal(nanos);
  }
}
