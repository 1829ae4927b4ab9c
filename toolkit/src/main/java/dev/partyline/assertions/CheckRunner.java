package dev.partyline.assertions;

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
 * How checks are made: at once or until they hold, under which description, and where a failure
 * goes. All failures of this package come about here.
 */
final class CheckRunner {
  /** What stands in a stack trace between a failure and the test. */
  private static final Pattern OURS =
      Pattern.compile(
          Pattern.quote(CheckRunner.class.getPackageName()) + "\\.(Checking|Subject|\\w+Assert)");

  private final @Nullable AssertionErrorCollector collector;
  private final @Nullable Duration time;

  /** Adds to each failure what does not hang on the check. */
  private final Consumer<FailureMessage> telling;

  private @Nullable Description description;

  private CheckRunner(
      @Nullable AssertionErrorCollector collector,
      @Nullable Duration time,
      Consumer<FailureMessage> telling,
      @Nullable Description description) {
    this.collector = collector;
    this.time = time;
    this.telling = telling;
    this.description = description;
  }

  /** Returns checks that throw what fails. */
  static CheckRunner hard() {
    return new CheckRunner(null, null, facts -> {}, null);
  }

  /** Returns checks that hand what fails to the collector. */
  static CheckRunner soft(AssertionErrorCollector collector) {
    return new CheckRunner(collector, null, facts -> {}, null);
  }

  CheckRunner within(Duration other) {
    return new CheckRunner(collector, ArgumentChecks.notNegative(other), telling, description);
  }

  /** Returns the same for another assert, whose description will be its own. */
  CheckRunner copy() {
    return new CheckRunner(collector, time, telling, description);
  }

  /** Returns the same with something that is added to each failure. */
  CheckRunner telling(Consumer<FailureMessage> other) {
    return new CheckRunner(collector, time, other, description);
  }

  void describe(Description other) {
    description = other;
  }

  /** Returns whether it held; that it did not is thrown or collected. */
  boolean check(Recording recording, Supplier<CheckResult> eye) {
    CheckResult look = time == null ? eye.get() : new Watch(eye).during(time, recording::await);
    if (look.holds()) {
      return succeed();
    }
    FailureMessage facts = look.facts().get();
    return fail(look.isDecided() ? facts : facts.row("waited", waited(time)));
  }

  /** Returns whether nothing was decided for that time, or in favour of the check. */
  boolean checkAbsence(Recording recording, Duration unwanted, Supplier<CheckResult> eye) {
    CheckResult look = new Watch(eye).during(unwanted, recording::awaitUnwanted);
    if (look.holds() || (!look.isDecided() && !Thread.currentThread().isInterrupted())) {
      return succeed();
    }
    FailureMessage facts = look.facts().get();
    return fail(look.isDecided() ? facts : facts.row("waited", waited(unwanted)));
  }

  private static String waited(@Nullable Duration time) {
    if (time == null) {
      return "not at all; within(Duration) would";
    }
    if (Thread.currentThread().isInterrupted()) {
      return "until the thread was interrupted, " + FailureMessage.words(time) + " at most";
    }
    Duration stretched = TimeoutFactor.stretch(time);
    return FailureMessage.words(time)
        + (stretched.equals(time) ? "" : ", stretched to " + FailureMessage.words(stretched));
  }

  private boolean succeed() {
    if (collector != null) {
      collector.succeeded();
    }
    return true;
  }

  private boolean fail(FailureMessage facts) {
    telling.accept(facts);
    // Soft failures are numbered at the beginning of a line, and the description comes on the next.
    String start = collector == null ? "" : "\n";
    String about = description == null ? start : "[" + description.value() + "] ";
    AssertionError error = new AssertionError(about + facts.text());
    error.setStackTrace(
        Arrays.stream(error.getStackTrace())
            .dropWhile(frame -> OURS.matcher(frame.getClassName()).matches())
            .toArray(StackTraceElement[]::new));
    if (collector == null) {
      throw error;
    }
    collector.collectAssertionError(error);
    return false;
  }

  /** Looks until what it sees is decided. */
  private static final class Watch implements BooleanSupplier {
    private final Supplier<CheckResult> eye;
    private CheckResult last;

    Watch(Supplier<CheckResult> eye) {
      this.eye = eye;
      this.last = eye.get();
    }

    @Override
    public boolean getAsBoolean() {
      if (!last.isDecided()) {
        last = eye.get();
      }
      return last.isDecided();
    }

    CheckResult during(Duration time, BiPredicate<BooleanSupplier, Duration> wait) {
      // What is undecided in the end is told as it is then, not as it was at the last signal.
      return last.isDecided() || wait.test(this, time) ? last : eye.get();
    }
  }
}
