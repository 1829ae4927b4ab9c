package dev.partyline.weather;

import dev.partyline.internal.text.PatternScanner;
import dev.partyline.weather.spi.Delivery;
import dev.partyline.weather.spi.Impairment;
import dev.partyline.weather.spi.ImpairmentBehavior;
import dev.partyline.weather.spi.PendingInput;
import dev.partyline.weather.spi.Verdict;
import org.jspecify.annotations.Nullable;

/** Passes everything up to where a fault starts, and leaves what follows to its behavior. */
final class StartGate implements ImpairmentBehavior {
  private final Impairment impairment;
  private final DefaultFaultContext context;
  private final boolean stream;
  private final long start;
  private final @Nullable PatternScanner scanner;
  private @Nullable ImpairmentBehavior behavior;

  /** Whether all has passed that had to, so that the fault starts even if no more bytes come. */
  private boolean open;

  StartGate(Impairment impairment, FaultTarget target, DefaultFaultContext context) {
    this.impairment = impairment;
    this.context = context;
    this.stream = context.direction().transport().isStream();
    this.start = target.start();
    this.scanner =
        target.afterPattern().isEmpty()
            ? null
            : new PatternScanner(target.afterPattern().toArray());
  }

  @Override
  public Verdict onInput(PendingInput input) {
    if (behavior == null && !open) {
      return input.offset() < start ? pass(input, sizeBeforeStart(input)) : scan(input);
    }
    return behavior(input.arrivedAt()).onInput(input);
  }

  private int sizeBeforeStart(PendingInput input) {
    return stream ? (int) Math.min(input.size(), start - input.offset()) : input.size();
  }

  private Verdict pass(PendingInput input, int size) {
    open = stream && scanner == null && input.offset() + size == start;
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
    return behavior == null && !open ? Verdict.WAIT : behavior(now).onIdle(now);
  }

  @Override
  public long onEnd(Delivery.Kind kind, long arrivedAt) {
    return behavior == null && !open ? arrivedAt : behavior(arrivedAt).onEnd(kind, arrivedAt);
  }

  private ImpairmentBehavior behavior(long startedAt) {
    ImpairmentBehavior current = behavior;
    if (current == null) {
      context.startAt(startedAt);
      current = context.begin(impairment);
      behavior = current;
    }
    return current;
  }
}
