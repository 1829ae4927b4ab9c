package dev.partyline.internal.faults;

import dev.partyline.internal.text.ArgumentChecks;
import dev.partyline.weather.spi.FaultContext;
import dev.partyline.weather.spi.Impairment;
import dev.partyline.weather.spi.ImpairmentBehavior;
import dev.partyline.wire.Transport;
import org.jspecify.annotations.Nullable;

/** Cuts the stream into writes of at most a size: Toxiproxy's slicer. */
public record Slice(int size, SlicePause pause) implements Impairment {
  static final String ADVICE = "a datagram arrives whole or not at all; use Fault.loss(0.01)";

  /** Checks the size. */
  public Slice {
    ArgumentChecks.atLeast("size", size, 1);
  }

  @Override
  public ImpairmentBehavior begin(FaultContext context) {
    return new SliceState(context, edge -> edge + size, pause);
  }

  @Override
  public @Nullable String unsupportedReason(Transport transport) {
    return transport.isStream() ? null : ADVICE;
  }

  @Override
  public String toString() {
    return "slice " + size + " bytes" + pause;
  }
}
