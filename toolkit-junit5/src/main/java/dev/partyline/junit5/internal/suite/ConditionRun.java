package dev.partyline.junit5.internal.suite;

import dev.partyline.hunt.NetworkCondition;
import dev.partyline.junit5.internal.hunt.ConditionNote;
import dev.partyline.weather.Weather;
import dev.partyline.weather.WeatherReport;
import dev.partyline.weather.Weathered;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.platform.engine.EngineExecutionListener;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.reporting.ReportEntry;

/**
 * A run of tests under a condition. Those who are told of them see others than in clear weather.
 */
final class ConditionRun extends ObservedRun {
  private final EngineExecutionListener listener;
  private final SuiteDescriptor suite;
  private final ClearRun clear;
  private final String condition;
  private final Map<UniqueId, TestUnderCondition> told = new ConcurrentHashMap<>();
  private final Map<TestPath, RunResult> results = new ConcurrentHashMap<>();

  ConditionRun(
      EngineExecutionListener listener, SuiteDescriptor suite, ClearRun clear, String condition) {
    super(listener);
    this.listener = listener;
    this.suite = suite;
    this.clear = clear;
    this.condition = condition;
  }

  /** Tells of tests that were not known before. */
  void register(TestDescriptor test) {
    listener.dynamicTestRegistered(told(test));
    test.getChildren().forEach(this::register);
  }

  @Override
  TestDescriptor told(TestDescriptor test) {
    TestUnderCondition known = told.get(test.getUniqueId());
    if (known != null) {
      return known;
    }
    TestUnderCondition added = new TestUnderCondition(test, condition);
    test.getParent().map(this::told).orElse(suite).addChild(added);
    told.put(test.getUniqueId(), added);
    return added;
  }

  @Override
  Optional<Weather> weather(TestDescriptor test) {
    return Optional.of(condition(test).map(NetworkCondition::weather).orElseGet(Weather::clear));
  }

  private Optional<NetworkCondition> condition(TestDescriptor test) {
    return clear.condition(TestPath.of(test.getUniqueId()), condition);
  }

  @Override
  void onEnd(TestDescriptor test, TestExecutionResult result, Observation observation) {
    if (result.getStatus() == Status.FAILED) {
      result.getThrowable().ifPresent(failure -> note(test, failure));
    }
    TestPath method = TestPath.of(test.getUniqueId()).method();
    if (test.isTest() || result.getStatus() == Status.FAILED) {
      results.merge(method, result(test, result, observation), RunResult::and);
    }
  }

  /** Its own condition, or that of what is around it. */
  private void note(TestDescriptor test, Throwable failure) {
    withParents(test)
        .flatMap(each -> condition(each).stream())
        .findFirst()
        .ifPresent(each -> failure.addSuppressed(ConditionNote.ofSuite(each)));
  }

  private static Stream<TestDescriptor> withParents(TestDescriptor test) {
    return Stream.iterate(
            Optional.of(test), Optional::isPresent, each -> each.flatMap(TestDescriptor::getParent))
        .flatMap(Optional::stream);
  }

  private RunResult result(
      TestDescriptor test, TestExecutionResult result, Observation observation) {
    return switch (result.getStatus()) {
      case FAILED -> RunResult.FAILED;
      case ABORTED -> RunResult.ABORTED;
      case SUCCESSFUL -> {
        if (isHit(test, observation)) {
          yield RunResult.PASSED;
        }
        listener.reportingEntryPublished(
            told(test),
            ReportEntry.from("partyline", "the condition \"" + condition + "\" had no effect"));
        yield RunResult.NO_EFFECT;
      }
    };
  }

  private boolean isHit(TestDescriptor test, Observation observation) {
    Stream<Observation> around =
        withParents(test).flatMap(each -> running(each.getUniqueId()).stream());
    return Stream.concat(Stream.of(observation), around)
        .flatMap(each -> each.endpoints().stream())
        .flatMap(each -> Weathered.of(each).stream())
        .map(Weathered::weatherReport)
        .anyMatch(ConditionRun::isHit);
  }

  private static boolean isHit(WeatherReport report) {
    return report.faults().stream().anyMatch(fault -> report.hitCount(fault) > 0);
  }

  /** Returns how a method has ended, or a class around it that has failed; empty if neither ran. */
  Optional<RunResult> result(TestPath method) {
    return method
        .chain()
        .flatMap(each -> Optional.ofNullable(results.get(each)).stream())
        .reduce(RunResult::and);
  }
}
