package dev.partyline.internal.faults;

import dev.partyline.internal.text.ArgumentChecks;
import dev.partyline.internal.text.DurationText;
import dev.partyline.internal.text.Units;
import dev.partyline.weather.spi.FaultContext;
import dev.partyline.weather.spi.Impairment;
import dev.partyline.weather.spi.ImpairmentBehavior;
import dev.partyline.weather.spi.Verdict;
import dev.partyline.wire.Transport;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Lets datagrams be overtaken by others: netem's reorder. */
public record ReorderImpairment(double probability, int datagrams, long timeoutNanos)
    implements Impairment {
  public static final Duration DEFAULT_TIMEOUT = Duration.ofMillis(100);

  /** Checks the probability and the number. */
  public ReorderImpairment {
    probability = ArgumentChecks.probability("probability", probability);
    ArgumentChecks.atLeast("datagrams", datagrams, 1);
  }

  @Override
  public ImpairmentBehavior begin(FaultContext context) {
    return input -> {
      if (context.draw(input.index()) >= probability) {
        return new Verdict.Pass(input.size());
      }
      context.reportHit(input.offset(), "");
      return new Verdict.Reorder(datagrams, input.arrivedAt() + timeoutNanos);
    };
  }

  @Override
  public @Nullable String unsupportedReason(Transport transport) {
    return transport.isStream()
        ? "a stream never arrives out of order; use Fault.lostSegment(0.01)"
        : null;
  }

  @Override
  public String toString() {
    return "reorder "
        + Units.percent(probability)
        + (datagrams == 1 ? "" : " by " + datagrams)
        + (timeoutNanos == DEFAULT_TIMEOUT.toNanos()
            ? ""
            : " within " + DurationText.literal(timeoutNanos));
  }
}
