package dev.partyline.junit5.internal.hunt;

import dev.partyline.hunt.ConditionResult;
import dev.partyline.hunt.NetworkCondition;
import dev.partyline.hunt.SliceSweep;
import dev.partyline.junit5.internal.jupiter.InjectionPoint;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Side;
import dev.partyline.wire.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.AssertionFailedError;

/**
 * The runs of a test in which what a side sends is sliced, each at another offset. If it fails at
 * some, a last run fails for all of them.
 */
public final class SliceRuns extends ConditionRuns {
  private final ExtensionContext template;
  private final Set<Side> sides;
  private final int maxRuns;
  private final Duration maxTime;
  private @Nullable SliceSweep sweep;
  private long startNanos;
  private Duration time = Duration.ZERO;

  /**
   * Makes the runs of a test.
   *
   * @param template the context of the test as a whole
   * @param sides whose bytes are sliced
   * @param maxRuns how many offsets are tried at most
   * @param maxTime after which no further offset is tried
   */
  public SliceRuns(
      InjectionPoint injectionPoint,
      ExtensionContext template,
      Set<Side> sides,
      int maxRuns,
      Duration maxTime) {
    super(injectionPoint);
    this.template = template;
    this.sides = sides;
    this.maxRuns = maxRuns;
    this.maxTime = maxTime;
  }

  @Override
  void addRuns(List<Conversation> conversations, List<Conversation> masked) {
    SliceSweep all = new SliceSweep(masked, sides, maxRuns);
    if (all.conditions().isEmpty()) {
      throw injectionPoint.configurationError(
          "had no connection of a stream in which such a side sent two bytes: there is nothing to"
              + " slice");
    }
    sweep = all;
    startNanos = Ticker.SYSTEM.nanos();
    all.conditions().forEach(each -> add(RunKind.SLICE, each));
  }

  @Override
  void onEnd(WeatherRun run) {
    SliceSweep current = sweep;
    if (current == null) {
      return;
    }
    if (run.kind() == RunKind.SLICE) {
      current.onResult(run.condition(), run.result());
      if (isOver()) {
        skipRemaining();
        end(current);
      }
    } else if (run.result() == ConditionResult.ABORTED) {
      publish();
    }
  }

  private void end(SliceSweep current) {
    Optional<NetworkCondition> failed = current.firstFailed();
    if (failed.isPresent()) {
      add(RunKind.FIRST_SLICE, failed.get());
    } else if (current.isUnmet()) {
      add(RunKind.NO_SLICE, current.conditions().get(0));
    } else {
      publish();
    }
  }

  private void publish() {
    template.publishReportEntry("partyline", text());
  }

  private boolean isOver() {
    time = Duration.ofNanos(Ticker.SYSTEM.nanos() - startNanos);
    return isLast() || time.compareTo(maxTime) >= 0;
  }

  @Override
  Throwable failure(WeatherRun run, Throwable failure) {
    if (run.kind() != RunKind.FIRST_SLICE) {
      return failure;
    }
    AssertionError drawn =
        new AssertionFailedError(text() + ConditionNote.pinning(run.condition()), failure);
    drawn.setStackTrace(failure.getStackTrace());
    return drawn;
  }

  @Override
  Optional<AssertionError> passed(RunKind kind) {
    return switch (kind) {
      case FIRST_SLICE ->
          Optional.of(
              new AssertionError(
                  text() + "\n  it passed when it was run again at the first of them"));
      case NO_SLICE -> Optional.of(new AssertionError(text()));
      default -> Optional.empty();
    };
  }

  private String text() {
    return sweep
        + String.format(
            Locale.ROOT,
            "%n  in %.1f of %d s, and %d runs at most",
            time.toMillis() / 1e3,
            maxTime.toSeconds(),
            maxRuns);
  }
}
