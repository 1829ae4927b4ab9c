package dev.partyline.internal.faults;

import dev.partyline.internal.text.ArgumentChecks;
import dev.partyline.internal.text.DurationText;
import dev.partyline.weather.spi.FaultContext;
import dev.partyline.weather.spi.ImpairmentBehavior;
import dev.partyline.weather.spi.Verdict;
import dev.partyline.wire.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lets datagrams be overtaken by others: netem's reorder. */
public record ReorderImpairment(DatagramSelection selection, int datagrams, long timeoutNanos)
    implements AdvisingImpairment {
  public static final Duration DEFAULT_TIMEOUT = Duration.ofMillis(100);

  /** Checks the number. */
  public ReorderImpairment {
    ArgumentChecks.atLeast("datagrams", datagrams, 1);
  }

  @Override
  public ImpairmentBehavior begin(FaultContext context) {
    return input -> {
      if (!selection.includes(context, input.offset(), input.index())) {
        return new Verdict.Pass(input.size());
      }
      context.reportHit(input.offset(), "");
      return new Verdict.Reorder(datagrams, input.arrivedAt() + timeoutNanos);
    };
  }

  @Override
  public @Nullable Advice advice(Transport transport) {
    return transport.isStream()
        ? new Advice(
            "a stream never arrives out of order", "lost segment 1%", "Fault.lostSegment(0.01)")
        : null;
  }

  @Override
  public List<ReorderImpairment> smaller() {
    List<ReorderImpairment> all = new ArrayList<>();
    selection
        .smaller()
        .forEach(each -> all.add(new ReorderImpairment(each, datagrams, timeoutNanos)));
    SmallerValues.counts(datagrams)
        .forEach(each -> all.add(new ReorderImpairment(selection, each, timeoutNanos)));
    SmallerValues.times(timeoutNanos)
        .forEach(each -> all.add(new ReorderImpairment(selection, datagrams, each)));
    return all;
  }

  @Override
  public String toString() {
    return "reorder "
        + selection
        + (datagrams == 1 ? "" : " by " + datagrams)
        + (timeoutNanos == DEFAULT_TIMEOUT.toNanos()
            ? ""
            : " within " + DurationText.literal(timeoutNanos));
  }
}
