package dev.partyline.internal.faults;

import dev.partyline.internal.text.ArgumentChecks;
import dev.partyline.internal.text.Units;
import dev.partyline.weather.spi.FaultContext;
import dev.partyline.weather.spi.Impairment;
import dev.partyline.weather.spi.ImpairmentBehavior;
import dev.partyline.weather.spi.PendingInput;
import dev.partyline.weather.spi.Verdict;
import java.util.List;
import java.util.stream.LongStream;

/** Limits the bytes a second: netem's rate, Toxiproxy's bandwidth. */
public record Rate(long bytesPerSecond) implements Impairment {
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  /** Smooth enough, and few enough not to keep a processor busy. */
  private static final int PORTIONS_PER_SECOND = 50;

  /** 64 Gbit/s: the bytes of a second, in nanoseconds, must fit into a long. */
  private static final long MAX_BYTES_PER_SECOND = 8_000_000_000L;

  private static final long MAX_SMALLER_RATE = 1_250_000_000;

  /** Checks the rate. */
  public Rate {
    if (ArgumentChecks.atLeast("rate", bytesPerSecond, 1) > MAX_BYTES_PER_SECOND) {
      throw ArgumentChecks.invalid("rate", bytesPerSecond, "at most 8000000000 bytes a second");
    }
  }

  @Override
  public ImpairmentBehavior begin(FaultContext context) {
    return new PacingBehavior(context.direction().transport().isStream());
  }

  /** Returns a much faster and a faster one, up to 10 Gbit/s. */
  @Override
  public List<Rate> smaller() {
    return LongStream.of(10, 2)
        .filter(factor -> bytesPerSecond <= MAX_SMALLER_RATE / factor)
        .mapToObj(factor -> new Rate(bytesPerSecond * factor))
        .toList();
  }

  @Override
  public String toString() {
    return "rate " + Units.size(bytesPerSecond) + "/s";
  }

  private final class PacingBehavior implements ImpairmentBehavior {
    private final int maxPortionBytes;

    /**
     * When the line was last idle; what it sent since is counted, so that roundings do not add up.
     */
    private long baseTime = Long.MIN_VALUE;

    private long sentBytes;

    PacingBehavior(boolean stream) {
      maxPortionBytes =
          stream ? (int) Math.max(1, bytesPerSecond / PORTIONS_PER_SECOND) : Integer.MAX_VALUE;
    }

    @Override
    public Verdict onInput(PendingInput input) {
      if (baseTime == Long.MIN_VALUE || input.arrivedAt() > finishTime()) {
        baseTime = input.arrivedAt();
        sentBytes = 0;
      }
      int size = Math.min(input.size(), maxPortionBytes);
      sentBytes += size;
      baseTime += sentBytes / bytesPerSecond * NANOS_PER_SECOND;
      sentBytes %= bytesPerSecond;
      return new Verdict.Deliver(size, finishTime());
    }

    private long finishTime() {
      return baseTime + sentBytes * NANOS_PER_SECOND / bytesPerSecond;
    }
  }
}
