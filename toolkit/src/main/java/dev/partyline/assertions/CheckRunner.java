package dev.partyline.assertions;

import dev.partyline.internal.text.ArgumentChecks;
import dev.partyline.internal.text.DurationText;
import dev.partyline.wire.Recording;
import dev.partyline.wire.TimeoutFactor;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.BiPredicate;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.assertj.core.api.AssertionErrorCollector;
import org.assertj.core.description.Description;
import org.jspecify.annotations.Nullable;

/**
 * Runs checks, at once or until they hold, and throws or collects their failures with a
 * description. All failures of this package are made here.
 */
final class CheckRunner {
  /** The frames of a stack trace between a failure and the test. */
  private static final Pattern OWN_FRAMES =
      Pattern.compile(
          Pattern.quote(CheckRunner.class.getPackageName())
              + "\\.(CheckRunner|ConnectionChoice|\\w+Assert)");

  private final @Nullable AssertionErrorCollector collector;
  private final @Nullable Duration time;

  /** Adds to each failure what does not depend on the check. */
  private final Consumer<FailureMessage> details;

  private @Nullable Description description;

  private CheckRunner(
      @Nullable AssertionErrorCollector collector,
      @Nullable Duration time,
      Consumer<FailureMessage> details,
      @Nullable Description description) {
    this.collector = collector;
    this.time = time;
    this.details = details;
    this.description = description;
  }

  /** Returns a runner that throws failures. */
  static CheckRunner hard() {
    return new CheckRunner(null, null, failure -> {}, null);
  }

  /** Returns a runner that hands failures to the collector. */
  static CheckRunner soft(AssertionErrorCollector collector) {
    return new CheckRunner(collector, null, failure -> {}, null);
  }

  CheckRunner within(Duration other) {
    return new CheckRunner(
        collector, ArgumentChecks.notNegative("time", other), details, description);
  }

  /** Returns the same runner for another assert, which has a description of its own. */
  CheckRunner copy() {
    return new CheckRunner(collector, time, details, description);
  }

  /** Returns the same runner, which adds something to each failure. */
  CheckRunner withDetails(Consumer<FailureMessage> other) {
    return new CheckRunner(collector, time, other, description);
  }

  void describe(Description other) {
    description = other;
  }

  /** Returns whether the check held; if not, its failure was thrown or collected. */
  boolean check(Recording recording, Supplier<CheckResult> check) {
    CheckResult result =
        time == null ? check.get() : new ConditionPoller(check).poll(time, recording::await);
    if (result.isPass()) {
      return succeed();
    }
    return fail(recording, result, time);
  }

  /** Returns whether the check did not fail for that time. */
  boolean checkAbsence(Recording recording, Duration duration, Supplier<CheckResult> check) {
    CheckResult result = new ConditionPoller(check).poll(duration, recording::awaitUnwanted);
    if (result.isPass() || (!result.isDecided() && !Thread.currentThread().isInterrupted())) {
      return succeed();
    }
    return fail(recording, result, duration);
  }

  private boolean fail(Recording recording, CheckResult result, @Nullable Duration waited) {
    FailureMessage failure = result.failure().get().missing(recording);
    // Nothing waits for a recording that does not grow.
    boolean isFinal = result.isDecided() || recording.isFinished();
    return fail(isFinal ? failure : failure.row("waited", waitText(waited)));
  }

  private static String waitText(@Nullable Duration time) {
    if (time == null) {
      return "not at all; within(Duration) would";
    }
    if (Thread.currentThread().isInterrupted()) {
      return "until the thread was interrupted, " + DurationText.words(time) + " at most";
    }
    Duration effectiveTime = TimeoutFactor.stretch(time);
    return DurationText.words(time)
        + (effectiveTime.equals(time) ? "" : ", stretched to " + DurationText.words(effectiveTime));
  }

  private boolean succeed() {
    if (collector != null) {
      collector.succeeded();
    }
    return true;
  }

  private boolean fail(FailureMessage failure) {
    details.accept(failure);
    // A soft failure begins with its number, so the text starts on the next line.
    String lineStart = collector == null ? "" : "\n";
    String prefix = description == null ? lineStart : "[" + description.value() + "] ";
    AssertionError error = new AssertionError(prefix + failure.text());
    error.setStackTrace(
        Arrays.stream(error.getStackTrace())
            .dropWhile(frame -> OWN_FRAMES.matcher(frame.getClassName()).matches())
            .toArray(StackTraceElement[]::new));
    if (collector == null) {
      throw error;
    }
    collector.collectAssertionError(error);
    return false;
  }

  /** Repeats a check until its result is decided. */
  private static final class ConditionPoller implements BooleanSupplier {
    private final Supplier<CheckResult> check;
    private CheckResult lastResult;

    ConditionPoller(Supplier<CheckResult> check) {
      this.check = check;
      this.lastResult = check.get();
    }

    @Override
    public boolean getAsBoolean() {
      if (!lastResult.isDecided()) {
        lastResult = check.get();
      }
      return lastResult.isDecided();
    }

    CheckResult poll(Duration time, BiPredicate<BooleanSupplier, Duration> waiter) {
      // The failure of an undecided check shows the state at the end, not at the last signal.
      return lastResult.isDecided() || waiter.test(this, time) ? lastResult : check.get();
    }
  }
}
