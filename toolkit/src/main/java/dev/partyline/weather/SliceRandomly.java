package dev.partyline.weather;

import dev.partyline.wire.Transport;
import org.jspecify.annotations.Nullable;

/** Writes of at most a random size. */
record SliceRandomly(int minSize, int maxSize) implements Impairment {
  @Override
  public ImpairmentBehavior begin(FaultContext context) {
    long sizes = (long) maxSize - minSize + 1;
    return new SliceState(context, edge -> edge + minSize + (long) (context.draw(edge) * sizes), 0);
  }

  @Override
  public @Nullable String unsupportedReason(Transport transport) {
    return transport.isStream() ? null : Slice.ADVICE;
  }

  @Override
  public String toString() {
    return "slice randomly " + minSize + " to " + maxSize + " bytes";
  }
}
