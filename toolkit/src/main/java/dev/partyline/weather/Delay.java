package dev.partyline.weather;

import static java.util.Locale.ROOT;

/** Everything leaves later than it came: netem's delay, Toxiproxy's latency. */
record Delay(long nanos, long jitter, Distribution distribution) implements Impairment {
  @Override
  public ImpairmentBehavior begin(FaultContext meeting) {
    return jitter == 0 ? new Constant() : new Jittered(meeting);
  }

  @Override
  public String toString() {
    String spread =
        distribution == Distribution.UNIFORM ? "" : " " + distribution.name().toLowerCase(ROOT);
    return "delay "
        + Units.time(nanos)
        + (jitter == 0 ? "" : " jitter " + Units.time(jitter) + spread);
  }

  private final class Constant implements ImpairmentBehavior {
    @Override
    public Verdict next(PendingInput waiting) {
      return new Verdict.Deliver(waiting.size(), waiting.arrived() + nanos);
    }

    @Override
    public long end(Delivery.Kind end, long arrived) {
      return arrived + nanos;
    }
  }

  /** Draws for each segment of the stream, or datagram, however it was split. */
  private final class Jittered implements ImpairmentBehavior {
    private final FaultContext meeting;
    private final boolean stream;
    private long drawn = -1;
    private long delay = nanos;

    Jittered(FaultContext meeting) {
      this.meeting = meeting;
      this.stream = meeting.passage().transport().isStream();
    }

    @Override
    public Verdict next(PendingInput waiting) {
      long unit = stream ? waiting.index() / ArgumentChecks.SEGMENT : waiting.index();
      if (unit != drawn) {
        drawn = unit;
        double deviation = distribution.deviation(meeting, unit);
        delay = Math.max(0, nanos + Math.round(deviation * jitter));
        meeting.hit(waiting.offset(), Units.micros(delay));
      }
      long left = (unit + 1) * ArgumentChecks.SEGMENT - waiting.offset();
      int size = stream ? (int) Math.min(waiting.size(), left) : waiting.size();
      return new Verdict.Deliver(size, waiting.arrived() + delay);
    }

    @Override
    public long end(Delivery.Kind end, long arrived) {
      return arrived + delay;
    }
  }
}
