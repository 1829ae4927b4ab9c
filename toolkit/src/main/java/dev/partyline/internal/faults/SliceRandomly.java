package dev.partyline.internal.faults;

import dev.partyline.internal.text.ArgumentChecks;
import dev.partyline.weather.spi.FaultContext;
import dev.partyline.weather.spi.ImpairmentBehavior;
import dev.partyline.wire.Transport;
import org.jspecify.annotations.Nullable;

/** Cuts the stream into writes of at most a random size. */
public record SliceRandomly(int minSize, int maxSize, SlicePause pause)
    implements AdvisingImpairment {
  /** Checks the sizes. */
  public SliceRandomly {
    ArgumentChecks.atLeast("minSize", minSize, 1);
    ArgumentChecks.atLeast("maxSize", maxSize, minSize);
  }

  @Override
  public ImpairmentBehavior begin(FaultContext context) {
    long sizes = (long) maxSize - minSize + 1;
    return new SliceState(
        context, edge -> edge + minSize + (long) (context.draw(edge) * sizes), pause);
  }

  @Override
  public @Nullable Advice advice(Transport transport) {
    return transport.isStream() ? null : Slice.ADVICE;
  }

  @Override
  public String toString() {
    return "slice randomly " + minSize + " to " + maxSize + " bytes" + pause;
  }
}
