package dev.partyline.internal.faults;

import dev.partyline.weather.spi.FaultContext;
import dev.partyline.weather.spi.ImpairmentBehavior;
import dev.partyline.weather.spi.PendingInput;
import dev.partyline.weather.spi.Verdict;
import java.util.function.LongUnaryOperator;

/** Cuts a stream into slices, each a write, with a pause before each but the first. */
final class SliceState implements ImpairmentBehavior {
  private final FaultContext context;
  private final LongUnaryOperator edges;
  private final long pauseNanos;
  private boolean started;
  private boolean pauseDue;

  /** Whether a byte has come that begins a second slice: before, there is nothing to cut. */
  private boolean cut;

  private long edge;
  private long lastDeparture;

  /**
   * Makes one.
   *
   * @param edges returns the offset at which a slice ends for that at which it begins
   */
  SliceState(FaultContext context, LongUnaryOperator edges, long pauseNanos) {
    this.context = context;
    this.edges = edges;
    this.pauseNanos = pauseNanos;
  }

  @Override
  public Verdict onInput(PendingInput input) {
    if (!started) {
      started = true;
      edge = edges.applyAsLong(input.offset());
      lastDeparture = input.arrivedAt();
    }
    while (input.offset() >= edge) {
      if (!cut) {
        cut = true;
        context.reportHit(edge, "");
      }
      edge = edges.applyAsLong(edge);
      pauseDue = true;
    }
    int size = (int) Math.min(input.size(), edge - input.offset());
    lastDeparture = Math.max(input.arrivedAt(), lastDeparture + (pauseDue ? pauseNanos : 0));
    pauseDue = false;
    return lastDeparture > input.arrivedAt()
        ? new Verdict.Deliver(size, lastDeparture)
        : new Verdict.Pass(size);
  }
}
