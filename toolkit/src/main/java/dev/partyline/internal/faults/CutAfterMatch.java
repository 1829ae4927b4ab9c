package dev.partyline.internal.faults;

import dev.partyline.internal.text.PatternScanner;
import dev.partyline.internal.text.QuotedBytes;
import dev.partyline.weather.spi.CloseType;
import dev.partyline.weather.spi.FaultContext;
import dev.partyline.weather.spi.ImpairmentBehavior;
import dev.partyline.weather.spi.PendingInput;
import dev.partyline.weather.spi.Verdict;
import dev.partyline.wire.Bytes;

/** Ends the connection right after a pattern has passed, however it was split. */
public record CutAfterMatch(Bytes pattern, CloseType closeType) implements StreamImpairment {
  /** Checks the pattern. */
  public CutAfterMatch {
    requireNotEmpty(pattern);
  }

  public static Bytes requireNotEmpty(Bytes pattern) {
    if (pattern.isEmpty()) {
      throw new IllegalArgumentException("pattern () must have at least one byte");
    }
    return pattern;
  }

  @Override
  public ImpairmentBehavior begin(FaultContext context) {
    return new ScanBehavior(context.startedAt());
  }

  @Override
  public String toString() {
    return StreamImpairment.prefix(closeType) + QuotedBytes.print(pattern.toArray());
  }

  private final class ScanBehavior implements ImpairmentBehavior {
    private final long startedAt;
    private final PatternScanner scanner = new PatternScanner(pattern.toArray());
    private boolean found;

    ScanBehavior(long startedAt) {
      this.startedAt = startedAt;
    }

    @Override
    public Verdict onInput(PendingInput input) {
      if (found) {
        return new Verdict.CloseConnection(closeType, startedAt);
      }
      int matchEnd = scanner.findEnd(input.bytes());
      found = matchEnd >= 0;
      return new Verdict.Pass(found ? matchEnd : input.size());
    }

    @Override
    public Verdict onIdle(long now) {
      return found ? new Verdict.CloseConnection(closeType, startedAt) : Verdict.WAIT;
    }
  }
}
