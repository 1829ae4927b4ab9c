package dev.partyline.weather;

import java.util.function.LongUnaryOperator;

/** Cuts a stream into slices of its own, each a write, with a pause before each but the first. */
final class SliceState implements ImpairmentBehavior {
  private final FaultContext meeting;
  private final LongUnaryOperator edges;
  private final long pause;
  private boolean begun;
  private boolean fresh;
  private long edge;
  private long left;

  /**
   * Cuts at edges.
   *
   * @param edges gives the offset at which the slice ends that begins at an offset
   */
  SliceState(FaultContext meeting, LongUnaryOperator edges, long pause) {
    this.meeting = meeting;
    this.edges = edges;
    this.pause = pause;
  }

  @Override
  public Verdict next(PendingInput waiting) {
    if (!begun) {
      begun = true;
      edge = edges.applyAsLong(waiting.offset());
      left = waiting.arrived();
      meeting.hit(waiting.offset(), "");
    }
    while (waiting.offset() >= edge) {
      edge = edges.applyAsLong(edge);
      fresh = true;
    }
    int size = (int) Math.min(waiting.size(), edge - waiting.offset());
    left = Math.max(waiting.arrived(), left + (fresh ? pause : 0));
    fresh = false;
    return new Verdict.Deliver(size, left);
  }
}
