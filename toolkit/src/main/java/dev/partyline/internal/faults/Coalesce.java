package dev.partyline.internal.faults;

import dev.partyline.internal.text.DurationText;
import dev.partyline.weather.spi.FaultContext;
import dev.partyline.weather.spi.ImpairmentBehavior;
import dev.partyline.weather.spi.Verdict;
import dev.partyline.wire.Transport;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sends what comes in quick succession as one write, as Nagle's algorithm does. */
public record Coalesce(long quietNanos) implements AdvisingImpairment {
  /** A stream without a pause must flow, too. */
  static final int MAX_HELD_BYTES = 64 * 1024;

  @Override
  public ImpairmentBehavior begin(FaultContext context) {
    return input -> {
      int size = (int) Math.min(input.totalBytes(), MAX_HELD_BYTES);
      if (size == MAX_HELD_BYTES || input.isEndPending()) {
        return new Verdict.Deliver(size, input.lastArrivedAt());
      }
      long deadline = input.lastArrivedAt() + quietNanos;
      return deadline > input.now()
          ? new Verdict.Hold(deadline)
          : new Verdict.Deliver(size, deadline);
    };
  }

  @Override
  public @Nullable Advice advice(Transport transport) {
    return transport.isStream()
        ? null
        : new Advice("datagrams keep their boundaries", "delay 50ms", "Fault.delay(time)");
  }

  @Override
  public List<Coalesce> smaller() {
    return SmallerValues.times(quietNanos).stream().map(Coalesce::new).toList();
  }

  @Override
  public String toString() {
    return "coalesce " + DurationText.literal(quietNanos);
  }
}
