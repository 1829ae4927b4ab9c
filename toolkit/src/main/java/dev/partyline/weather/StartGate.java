package dev.partyline.weather;

import dev.partyline.internal.text.PatternScanner;
import dev.partyline.weather.spi.Delivery;
import dev.partyline.weather.spi.Impairment;
import dev.partyline.weather.spi.ImpairmentBehavior;
import dev.partyline.weather.spi.PendingInput;
import dev.partyline.weather.spi.Verdict;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Passes everything up to where a fault starts, and leaves what follows to its behavior. */
final class StartGate implements ImpairmentBehavior {
  private final Impairment impairment;
  private final DefaultFaultContext context;
  private final boolean stream;
  private final long start;
  private final @Nullable PatternScanner scanner;

  /** What reads the other direction; null if nothing needs to come there, any more. */
  private @Nullable PatternScanner oppositeScanner;

  /** When that was there: what arrived before is passed. */
  private long openedAt = Long.MIN_VALUE;

  private @Nullable ImpairmentBehavior behavior;
  private boolean startReached;

  /** Whether all has passed that had to, so that the fault starts even if no more bytes come. */
  private boolean open;

  StartGate(Impairment impairment, FaultStart start, DefaultFaultContext context) {
    this.impairment = impairment;
    this.context = context;
    this.stream = context.direction().transport().isStream();
    this.start = start.offset();
    this.startReached = this.start == 0;
    boolean opposite = start.isOpposite(context.direction().sender());
    PatternScanner patternScanner =
        start.pattern().isEmpty() ? null : new PatternScanner(start.pattern().toArray());
    this.scanner = opposite ? null : patternScanner;
    this.oppositeScanner = opposite ? patternScanner : null;
  }

  /** Returns whether it starts only after something in the other direction. */
  boolean awaitsOpposite() {
    return oppositeScanner != null;
  }

  /** Called with what comes in the other direction; returns whether it need not wait any more. */
  boolean onOpposite(ByteBuffer bytes, long now) {
    PatternScanner current = oppositeScanner;
    if (current == null) {
      return false;
    }
    boolean found = current.findEnd(bytes) >= 0;
    if (found) {
      oppositeScanner = null;
      openedAt = now;
      open = startReached;
    } else if (!stream) {
      current.reset();
    }
    return found;
  }

  @Override
  public Verdict onInput(PendingInput input) {
    if (isOpenAt(input.arrivedAt())) {
      return behavior(input.arrivedAt()).onInput(input);
    }
    if (input.offset() < start) {
      return pass(input, sizeBeforeStart(input));
    }
    startReached = true;
    return awaitsOpposite() || input.arrivedAt() < openedAt
        ? new Verdict.Pass(input.size())
        : scan(input);
  }

  private int sizeBeforeStart(PendingInput input) {
    return stream ? (int) Math.min(input.size(), start - input.offset()) : input.size();
  }

  private Verdict pass(PendingInput input, int size) {
    startReached = stream && input.offset() + size == start;
    open = startReached && scanner == null && !awaitsOpposite();
    return new Verdict.Pass(size);
  }

  private Verdict scan(PendingInput input) {
    if (scanner == null) {
      open = true;
      return behavior(input.arrivedAt()).onInput(input);
    }
    int matchEnd = scanner.findEnd(input.bytes());
    if (!stream) {
      scanner.reset();
    }
    open = matchEnd >= 0;
    return new Verdict.Pass(stream && open ? matchEnd : input.size());
  }

  @Override
  public Verdict onIdle(long now) {
    return isOpenAt(now) ? behavior(now).onIdle(now) : Verdict.WAIT;
  }

  @Override
  public long closeAt() {
    return behavior == null ? Verdict.NEVER : behavior.closeAt();
  }

  @Override
  public long onEnd(Delivery.Kind kind, long arrivedAt) {
    return isOpenAt(arrivedAt) ? behavior(arrivedAt).onEnd(kind, arrivedAt) : arrivedAt;
  }

  private boolean isOpenAt(long time) {
    return behavior != null || open && time >= openedAt;
  }

  private ImpairmentBehavior behavior(long startedAt) {
    ImpairmentBehavior current = behavior;
    if (current == null) {
      context.startAt(Math.max(startedAt, openedAt));
      current = context.begin(impairment);
      behavior = current;
    }
    return current;
  }
}
