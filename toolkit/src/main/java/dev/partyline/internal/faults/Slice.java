package dev.partyline.internal.faults;

import dev.partyline.internal.text.ArgumentChecks;
import dev.partyline.weather.spi.FaultContext;
import dev.partyline.weather.spi.ImpairmentBehavior;
import dev.partyline.wire.Transport;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Cuts the stream into writes of at most a size: Toxiproxy's slicer. */
public record Slice(int size, SlicePause pause) implements AdvisingImpairment {
  static final Advice ADVICE =
      new Advice("a datagram arrives whole or not at all", "loss 1%", "DatagramFaults.loss(0.01)");

  /** As much as is read from a socket at once. */
  private static final int MAX_SMALLER_SIZE = 64 * 1024;

  /** Checks the size. */
  public Slice {
    ArgumentChecks.atLeast("size", size, 1);
  }

  @Override
  public ImpairmentBehavior begin(FaultContext context) {
    return new SliceState(context, edge -> edge + size, pause);
  }

  @Override
  public @Nullable Advice advice(Transport transport) {
    return transport.isStream() ? null : ADVICE;
  }

  /** Returns larger slices, of which there are fewer. */
  @Override
  public List<Slice> smaller() {
    return size > MAX_SMALLER_SIZE / 2 ? List.of() : List.of(new Slice(2 * size, pause));
  }

  @Override
  public String toString() {
    return "slice " + size + " bytes" + pause;
  }
}
