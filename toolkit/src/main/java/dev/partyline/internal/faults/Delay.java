package dev.partyline.internal.faults;

import static java.util.Locale.ROOT;

import dev.partyline.internal.text.DurationText;
import dev.partyline.weather.spi.Delivery;
import dev.partyline.weather.spi.Distribution;
import dev.partyline.weather.spi.FaultContext;
import dev.partyline.weather.spi.Impairment;
import dev.partyline.weather.spi.ImpairmentBehavior;
import dev.partyline.weather.spi.PendingInput;
import dev.partyline.weather.spi.Verdict;
import java.util.ArrayList;
import java.util.List;

/** Delays everything: netem's delay, Toxiproxy's latency. */
public record Delay(long nanos, long jitterNanos, Distribution distribution) implements Impairment {
  /** In jitters: the numbers of netem's tables have 16 bits, and 8192 is one jitter. */
  private static final double MAX_DEVIATION = 4;

  @Override
  public ImpairmentBehavior begin(FaultContext context) {
    return jitterNanos == 0 ? new ConstantBehavior() : new JitterBehavior(context);
  }

  @Override
  public List<Delay> smaller() {
    List<Delay> all = new ArrayList<>();
    if (jitterNanos > 0) {
      all.add(new Delay(nanos, 0, Distribution.UNIFORM));
    }
    SmallerValues.times(jitterNanos).forEach(each -> all.add(new Delay(nanos, each, distribution)));
    SmallerValues.times(nanos).forEach(each -> all.add(new Delay(each, jitterNanos, distribution)));
    return all;
  }

  @Override
  public String toString() {
    String spread =
        distribution == Distribution.UNIFORM ? "" : " " + distribution.name().toLowerCase(ROOT);
    return "delay "
        + DurationText.literal(nanos)
        + (jitterNanos == 0 ? "" : " jitter " + DurationText.literal(jitterNanos) + spread);
  }

  private final class ConstantBehavior implements ImpairmentBehavior {
    @Override
    public Verdict onInput(PendingInput input) {
      return new Verdict.Deliver(input.size(), input.arrivedAt() + nanos);
    }

    @Override
    public long onEnd(Delivery.Kind kind, long arrivedAt) {
      return arrivedAt + nanos;
    }
  }

  /** Draws for each segment of the stream, or datagram, however the stream was split. */
  private final class JitterBehavior implements ImpairmentBehavior {
    private final FaultContext context;
    private final boolean stream;
    private long lastUnit = -1;
    private long delayNanos = nanos;

    JitterBehavior(FaultContext context) {
      this.context = context;
      this.stream = context.direction().transport().isStream();
    }

    @Override
    public Verdict onInput(PendingInput input) {
      long unit = stream ? input.index() / LostSegment.SEGMENT_BYTES : input.index();
      if (unit != lastUnit) {
        lastUnit = unit;
        delayNanos = Math.max(0, nanos + Math.round(deviation(unit) * jitterNanos));
        if (delayNanos > 0) {
          context.reportHit(input.offset(), DurationText.millis(delayNanos));
        }
      }
      long unitRemaining = (unit + 1) * LostSegment.SEGMENT_BYTES - input.offset();
      int size = stream ? (int) Math.min(input.size(), unitRemaining) : input.size();
      return delayNanos == 0
          ? new Verdict.Pass(size)
          : new Verdict.Deliver(size, input.arrivedAt() + delayNanos);
    }

    /** Returns how far a draw is from the delay, in jitters: as netem's tables, which end. */
    private double deviation(long unit) {
      return Math.max(-MAX_DEVIATION, Math.min(unboundedDeviation(unit), MAX_DEVIATION));
    }

    private double unboundedDeviation(long unit) {
      double draw = context.draw(unit);
      return switch (distribution) {
        case UNIFORM -> 2 * draw - 1;
        case NORMAL -> {
          // Box and Muller 1958; 1 - draw is above 0, where the logarithm is finite.
          double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - draw));
          yield radius * StrictMath.cos(2 * Math.PI * context.draw(unit, 1));
        }
        case PARETO -> (1 / StrictMath.cbrt(1 - draw) - 1.5) * 4 / 3;
      };
    }

    @Override
    public long onEnd(Delivery.Kind kind, long arrivedAt) {
      return arrivedAt + delayNanos;
    }
  }
}
