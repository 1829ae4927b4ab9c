package dev.partyline.internal.faults;

import dev.partyline.weather.spi.FaultContext;
import dev.partyline.weather.spi.ImpairmentBehavior;
import dev.partyline.weather.spi.Verdict;
import dev.partyline.wire.Transport;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Loses datagrams; at random it is netem's loss random. */
public record Loss(DatagramSelection selection) implements AdvisingImpairment {
  static final Advice ADVICE =
      new Advice(
          "taking bytes out of a stream is corruption, not loss",
          "lost segment 1%",
          "Fault.lostSegment(0.01)");

  @Override
  public ImpairmentBehavior begin(FaultContext context) {
    return input -> {
      if (!selection.includes(context, input.offset(), input.index())) {
        return new Verdict.Pass(input.size());
      }
      context.reportHit(input.offset(), "");
      return new Verdict.Drop(input.size());
    };
  }

  @Override
  public @Nullable Advice advice(Transport transport) {
    return transport.isStream() ? ADVICE : null;
  }

  @Override
  public List<Loss> smaller() {
    return selection.smaller().stream().map(Loss::new).toList();
  }

  @Override
  public String toString() {
    return "loss " + selection;
  }
}
