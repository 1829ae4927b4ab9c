package dev.partyline.weather;

import dev.partyline.wire.Transport;
import org.jspecify.annotations.Nullable;

/** Writes of at most a size, with a pause between them: Toxiproxy's slicer. */
record Slice(int size, long pause) implements Impairment {
  static final String ADVICE = "a datagram arrives whole or not at all; use Fault.loss(0.01)";

  @Override
  public ImpairmentBehavior begin(FaultContext meeting) {
    return new SliceState(meeting, edge -> edge + size, pause);
  }

  @Override
  public @Nullable String unfit(Transport transport) {
    return transport.isStream() ? null : ADVICE;
  }

  @Override
  public String toString() {
    return "slice " + size + " bytes" + (pause == 0 ? "" : " pause " + Units.time(pause));
  }
}
