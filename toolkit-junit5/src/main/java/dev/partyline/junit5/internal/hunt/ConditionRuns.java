package dev.partyline.junit5.internal.hunt;

import dev.partyline.hunt.ConditionResult;
import dev.partyline.hunt.NetworkCondition;
import dev.partyline.junit5.internal.jupiter.InjectionPoint;
import dev.partyline.weather.ThreadWeather;
import dev.partyline.weather.Weather;
import dev.partyline.wire.Conversation;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;

/**
 * The runs of a test, one after the other: which they are is known when it has run in clear
 * weather, and may depend on what came of those before.
 */
abstract class ConditionRuns implements Iterator<WeatherRun> {
  final InjectionPoint injectionPoint;
  private final Deque<WeatherRun> remaining = new ArrayDeque<>();
  private @Nullable WeatherRun current;

  ConditionRuns(InjectionPoint injectionPoint) {
    this.injectionPoint = injectionPoint;
    add(RunKind.CLEAR, NetworkCondition.CLEAR);
  }

  /** Returns them for JUnit, which asks for the next when the one before is over. */
  public final Stream<TestTemplateInvocationContext> stream() {
    return RunStream.of(this, () -> ThreadWeather.set(Weather.clear()));
  }

  final void add(RunKind kind, NetworkCondition condition) {
    remaining.add(new WeatherRun(kind, condition, this));
  }

  final void addFirst(RunKind kind, NetworkCondition condition) {
    remaining.addFirst(new WeatherRun(kind, condition, this));
  }

  /** Leaves out the runs that were to follow. */
  final void skipRemaining() {
    remaining.clear();
  }

  final boolean isLast() {
    return remaining.isEmpty();
  }

  @Override
  public final boolean hasNext() {
    endCurrent();
    return !remaining.isEmpty();
  }

  /** Returns the next run, whose condition what this thread starts has from now on. */
  @Override
  public final WeatherRun next() {
    endCurrent();
    WeatherRun run = remaining.poll();
    if (run == null) {
      throw new NoSuchElementException("all conditions were run");
    }
    current = run;
    ThreadWeather.set(run.condition().weather());
    return run;
  }

  /** Only now is it known what came of it, because a test may fail until its end. */
  private void endCurrent() {
    WeatherRun ended = current;
    current = null;
    if (ended == null) {
      return;
    }
    if (ended.kind() != RunKind.CLEAR) {
      onEnd(ended);
    } else if (ended.result() != ConditionResult.PASSED) {
      skipRemaining();
    }
  }

  /** Called when the test has passed in clear weather. */
  final void onClearRun(List<Conversation> conversations, List<Conversation> masked) {
    if (conversations.isEmpty()) {
      throw injectionPoint.configurationError(
          "had no connection of a listener, client or tap of its own: there is nothing to make"
              + " weather for");
    }
    addRuns(conversations, masked);
  }

  /** Adds the runs that follow, by what was sent in clear weather. */
  abstract void addRuns(List<Conversation> conversations, List<Conversation> masked);

  /** Called after a run, before the next is asked for. */
  abstract void onEnd(WeatherRun run);

  /** Returns the failure that a run has instead of one of the test. */
  abstract Throwable failure(WeatherRun run, Throwable failure);

  /** Returns the failure of a run that has passed though it had to fail. */
  Optional<AssertionError> passed(RunKind kind) {
    return Optional.empty();
  }

  /** Returns what is said of a run that has not failed, if anything. */
  Optional<String> note(WeatherRun run) {
    return Optional.empty();
  }
}
