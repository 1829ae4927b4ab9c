package dev.partyline.internal.faults;

import dev.partyline.weather.spi.FaultContext;
import dev.partyline.weather.spi.ImpairmentBehavior;
import dev.partyline.weather.spi.PendingInput;
import dev.partyline.weather.spi.Verdict;
import java.util.function.LongUnaryOperator;

/** Cuts a stream into slices, each a write, with a pause before each but the first. */
final class SliceState implements ImpairmentBehavior {
  private final FaultContext context;
  private final LongUnaryOperator firstEdge;
  private final LongUnaryOperator edges;
  private final SlicePause pause;
  private boolean started;
  private long edge;
  private long lastDeparture;

  /**
   * Makes one.
   *
   * @param firstEdge returns the first cut, for the offset at which the fault starts
   * @param edges returns the offset at which a slice ends for that at which it begins
   */
  SliceState(
      FaultContext context,
      LongUnaryOperator firstEdge,
      LongUnaryOperator edges,
      SlicePause pause) {
    this.context = context;
    this.firstEdge = firstEdge;
    this.edges = edges;
    this.pause = pause;
  }

  /** Makes one whose first slice is cut from what was before the fault, if there was something. */
  SliceState(FaultContext context, LongUnaryOperator edges, SlicePause pause) {
    this(context, offset -> offset == 0 ? edges.applyAsLong(0) : offset, edges, pause);
  }

  @Override
  public Verdict onInput(PendingInput input) {
    if (!started) {
      started = true;
      edge = firstEdge.applyAsLong(input.offset());
      lastDeparture = input.arrivedAt();
    }
    boolean cut = input.offset() >= edge;
    while (input.offset() >= edge) {
      edge = edges.applyAsLong(edge);
    }
    int size = (int) Math.min(input.size(), edge - input.offset());
    lastDeparture = Math.max(input.arrivedAt(), lastDeparture + (cut ? pause.nanos() : 0));
    if (cut && pause.awaitsReader()) {
      return new Verdict.Separate(size, lastDeparture);
    }
    if (cut) {
      context.reportHit(input.offset(), "");
    }
    return new Verdict.Pass(size);
  }
}
