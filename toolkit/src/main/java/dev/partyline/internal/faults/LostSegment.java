package dev.partyline.internal.faults;

import dev.partyline.internal.text.ArgumentChecks;
import dev.partyline.internal.text.DurationText;
import dev.partyline.internal.text.Units;
import dev.partyline.weather.spi.FaultContext;
import dev.partyline.weather.spi.ImpairmentBehavior;
import dev.partyline.weather.spi.PendingInput;
import dev.partyline.weather.spi.Verdict;
import dev.partyline.wire.Transport;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Delays a segment as if it was lost and sent again after a timeout; all bytes after it wait. */
public record LostSegment(double probability, long rtoNanos) implements AdvisingImpairment {
  /** The minimum of Linux (TCP_RTO_MIN). */
  public static final Duration DEFAULT_RTO = Duration.ofMillis(200);

  /** What a full segment carries over Ethernet. */
  static final int SEGMENT_BYTES = 1460;

  /** Losses of the same segment in a row; Linux gives up after 15 (tcp_retries2). */
  private static final int MAX_CONSECUTIVE_LOSSES = 6;

  /** Doubling stops at 120 s (Linux's TCP_RTO_MAX). */
  private static final long MAX_RTO_NANOS = 120_000_000_000L;

  /** Checks the probability. */
  public LostSegment {
    probability = ArgumentChecks.probability("probability", probability);
  }

  @Override
  public ImpairmentBehavior begin(FaultContext context) {
    return new RetransmissionBehavior(context);
  }

  @Override
  public @Nullable Advice advice(Transport transport) {
    return transport.isStream()
        ? null
        : new Advice("datagrams are not sent again", "loss 1%", "DatagramFaults.loss(0.01)");
  }

  @Override
  public List<LostSegment> smaller() {
    return Stream.concat(
            SmallerValues.probabilities(probability).stream()
                .map(each -> new LostSegment(each, rtoNanos)),
            SmallerValues.times(rtoNanos).stream().map(each -> new LostSegment(probability, each)))
        .toList();
  }

  @Override
  public String toString() {
    return "lost segment "
        + Units.percent(probability)
        + (rtoNanos == DEFAULT_RTO.toNanos() ? "" : " rto " + DurationText.literal(rtoNanos));
  }

  private final class RetransmissionBehavior implements ImpairmentBehavior {
    private final FaultContext context;
    private long lastSegment = -1;
    private long delayNanos;

    RetransmissionBehavior(FaultContext context) {
      this.context = context;
    }

    @Override
    public Verdict onInput(PendingInput input) {
      long segment = input.offset() / SEGMENT_BYTES;
      if (segment != lastSegment) {
        lastSegment = segment;
        delayNanos = 0;
        long timeoutNanos = rtoNanos;
        int losses = 0;
        while (losses < MAX_CONSECUTIVE_LOSSES && context.draw(segment, losses) < probability) {
          delayNanos += timeoutNanos;
          timeoutNanos = Math.max(rtoNanos, Math.min(2 * timeoutNanos, MAX_RTO_NANOS));
          losses++;
        }
        if (losses > 0) {
          context.reportHit(input.offset(), losses == 1 ? "" : "lost " + losses + " times");
        }
      }
      int size = (int) Math.min(input.size(), (segment + 1) * SEGMENT_BYTES - input.offset());
      return delayNanos == 0
          ? new Verdict.Pass(size)
          : new Verdict.Deliver(size, input.arrivedAt() + delayNanos);
    }
  }
}
