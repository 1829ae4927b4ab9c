package dev.partyline.weather;

import dev.partyline.wire.Transport;
import org.jspecify.annotations.Nullable;

/** A segment is lost and sent again after its time-out, and all behind it waits. */
record LostSegment(double probability, long rto) implements Impairment {
  /** Losses of the same segment in a row; Linux gives up after 15 (tcp_retries2). */
  private static final int MOST = 6;

  /** No doubling goes beyond 120 s (Linux's TCP_RTO_MAX). */
  private static final long LONGEST = 120_000_000_000L;

  @Override
  public ImpairmentBehavior begin(FaultContext meeting) {
    return new Losing(meeting);
  }

  @Override
  public @Nullable String unfit(Transport transport) {
    return transport.isStream() ? null : "nobody sends a datagram again; use Fault.loss(0.01)";
  }

  @Override
  public String toString() {
    return "lost segment "
        + Units.percent(probability)
        + (rto == Fault.RTO.toNanos() ? "" : " rto " + Units.time(rto));
  }

  private final class Losing implements ImpairmentBehavior {
    private final FaultContext meeting;
    private long drawn = -1;
    private long wait;

    Losing(FaultContext meeting) {
      this.meeting = meeting;
    }

    @Override
    public Verdict next(PendingInput waiting) {
      long segment = waiting.offset() / ArgumentChecks.SEGMENT;
      if (segment != drawn) {
        drawn = segment;
        wait = 0;
        long next = rto;
        int losses = 0;
        while (losses < MOST && meeting.draw(segment, losses) < probability) {
          wait += next;
          next = Math.max(rto, Math.min(2 * next, LONGEST));
          losses++;
        }
        if (losses > 0) {
          meeting.hit(waiting.offset(), losses == 1 ? "" : "lost " + losses + " times");
        }
      }
      int size =
          (int) Math.min(waiting.size(), (segment + 1) * ArgumentChecks.SEGMENT - waiting.offset());
      return wait == 0
          ? new Verdict.Pass(size)
          : new Verdict.Deliver(size, waiting.arrived() + wait);
    }
  }
}
