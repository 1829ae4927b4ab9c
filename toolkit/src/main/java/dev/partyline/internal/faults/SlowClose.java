package dev.partyline.internal.faults;

import dev.partyline.internal.text.DurationText;
import dev.partyline.weather.spi.Delivery;
import dev.partyline.weather.spi.FaultContext;
import dev.partyline.weather.spi.ImpairmentBehavior;
import dev.partyline.weather.spi.PendingInput;
import dev.partyline.weather.spi.Verdict;
import dev.partyline.wire.Transport;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Delays a FIN: Toxiproxy's slow_close. */
public record SlowClose(long nanos) implements AdvisingImpairment {
  @Override
  public ImpairmentBehavior begin(FaultContext context) {
    return new ImpairmentBehavior() {
      @Override
      public Verdict onInput(PendingInput input) {
        return new Verdict.Pass(input.size());
      }

      @Override
      public long onEnd(Delivery.Kind kind, long arrivedAt) {
        return kind == Delivery.Kind.FIN ? arrivedAt + nanos : arrivedAt;
      }
    };
  }

  @Override
  public @Nullable Advice advice(Transport transport) {
    return transport.isStream() ? null : StreamImpairment.ADVICE;
  }

  @Override
  public List<SlowClose> smaller() {
    return SmallerValues.times(nanos).stream().map(SlowClose::new).toList();
  }

  @Override
  public String toString() {
    return "slow close " + DurationText.literal(nanos);
  }
}
