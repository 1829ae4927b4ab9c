package dev.partyline.weather;

import dev.partyline.wire.Transport;
import org.jspecify.annotations.Nullable;

/** Each datagram may be overtaken by others. */
record Reordering(double probability, int others, long within) implements Impairment {
  @Override
  public ImpairmentBehavior begin(FaultContext meeting) {
    return waiting -> {
      if (meeting.draw(waiting.index()) >= probability) {
        return new Verdict.Pass(waiting.size());
      }
      meeting.hit(waiting.offset(), "");
      return new Verdict.Overtaken(others, waiting.arrived() + within);
    };
  }

  @Override
  public @Nullable String unfit(Transport transport) {
    return transport.isStream()
        ? "a stream never comes out of order; use Fault.lostSegment(0.01)"
        : null;
  }

  @Override
  public String toString() {
    return "reorder "
        + Units.percent(probability)
        + (others == 1 ? "" : " by " + others)
        + (within == Fault.OVERTAKEN_WITHIN.toNanos() ? "" : " within " + Units.time(within));
  }
}
