package dev.partyline.weather;

import dev.partyline.wire.Transport;
import org.jspecify.annotations.Nullable;

/** Writes of at most a random size. */
record SliceRandomly(int least, int most) implements Impairment {
  @Override
  public ImpairmentBehavior begin(FaultContext meeting) {
    long sizes = (long) most - least + 1;
    return new SliceState(meeting, edge -> edge + least + (long) (meeting.draw(edge) * sizes), 0);
  }

  @Override
  public @Nullable String unfit(Transport transport) {
    return transport.isStream() ? null : Slice.ADVICE;
  }

  @Override
  public String toString() {
    return "slice randomly " + least + " to " + most + " bytes";
  }
}
