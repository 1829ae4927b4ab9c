package dev.partyline.internal.faults;

import dev.partyline.weather.spi.FaultContext;
import dev.partyline.weather.spi.ImpairmentBehavior;
import dev.partyline.weather.spi.Verdict;
import dev.partyline.wire.Transport;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sends datagrams twice: netem's duplicate. */
public record DuplicateImpairment(DatagramSelection selection) implements AdvisingImpairment {
  @Override
  public ImpairmentBehavior begin(FaultContext context) {
    return input -> {
      if (!selection.includes(context, input.offset(), input.index())) {
        return new Verdict.Pass(input.size());
      }
      context.reportHit(input.offset(), "");
      return new Verdict.Duplicate();
    };
  }

  @Override
  public @Nullable Advice advice(Transport transport) {
    return transport.isStream()
        ? new Advice(
            "TCP never delivers a byte twice", "lost segment 1%", "Fault.lostSegment(0.01)")
        : null;
  }

  @Override
  public List<DuplicateImpairment> smaller() {
    return selection.smaller().stream().map(DuplicateImpairment::new).toList();
  }

  @Override
  public String toString() {
    return "duplicate " + selection;
  }
}
