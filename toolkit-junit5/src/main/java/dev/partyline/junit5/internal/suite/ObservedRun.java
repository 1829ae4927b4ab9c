package dev.partyline.junit5.internal.suite;

import dev.partyline.junit5.internal.ThreadObserver;
import dev.partyline.ports.OpenResource;
import dev.partyline.weather.ThreadWeather;
import dev.partyline.weather.Weather;
import dev.partyline.wire.Recorded;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.platform.engine.EngineExecutionListener;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.reporting.FileEntry;
import org.junit.platform.engine.reporting.ReportEntry;

/**
 * Passes on what happens in a run of Jupiter, and sees which listeners, clients and taps each test
 * and each class opens. JUnit tells of the begin and the end of a test on the thread that runs it.
 */
abstract class ObservedRun implements EngineExecutionListener {
  private final EngineExecutionListener listener;
  private final Map<UniqueId, Observation> running = new ConcurrentHashMap<>();

  ObservedRun(EngineExecutionListener listener) {
    this.listener = listener;
  }

  /** What a test or a class has opened while it runs. */
  static final class Observation {
    /** Of a test that opens thousands, the first are enough to know what it sends. */
    private static final int MAX_ENDPOINTS = 100;

    private final List<Recorded> endpoints = new ArrayList<>();
    private Runnable restoreAction = () -> {};

    private synchronized void add(OpenResource resource) {
      if (resource.owner() instanceof Recorded endpoint && endpoints.size() < MAX_ENDPOINTS) {
        endpoints.add(endpoint);
      }
    }

    synchronized List<Recorded> endpoints() {
      return List.copyOf(endpoints);
    }
  }

  /** Returns what others are told of a test. */
  abstract TestDescriptor told(TestDescriptor test);

  /** Returns the weather that a test or class gives its thread; empty to leave it as it is. */
  abstract Optional<Weather> weather(TestDescriptor test);

  /** Called when a test or a class has ended, before others are told of it. */
  abstract void onEnd(TestDescriptor test, TestExecutionResult result, Observation observation);

  /** Returns what is observed of a test, or a class, that runs now. */
  final Optional<Observation> running(UniqueId id) {
    return Optional.ofNullable(running.get(id));
  }

  @Override
  public final void dynamicTestRegistered(TestDescriptor test) {
    listener.dynamicTestRegistered(told(test));
  }

  @Override
  public final void executionSkipped(TestDescriptor test, String reason) {
    listener.executionSkipped(told(test), reason);
  }

  @Override
  public final void executionStarted(TestDescriptor test) {
    listener.executionStarted(told(test));
    Observation observation = new Observation();
    Weather previous = ThreadWeather.get();
    Runnable restoreObserver = ThreadObserver.observe(observation::add);
    Optional<Weather> weather = weather(test);
    weather.ifPresent(ThreadWeather::set);
    observation.restoreAction =
        () -> {
          restoreObserver.run();
          if (weather.isPresent()) {
            ThreadWeather.set(previous);
          }
        };
    running.put(test.getUniqueId(), observation);
  }

  @Override
  public final void executionFinished(TestDescriptor test, TestExecutionResult result) {
    Observation observation = running.remove(test.getUniqueId());
    if (observation != null) {
      observation.restoreAction.run();
      onEnd(test, result, observation);
    }
    listener.executionFinished(told(test), result);
  }

  @Override
  public final void reportingEntryPublished(TestDescriptor test, ReportEntry entry) {
    listener.reportingEntryPublished(told(test), entry);
  }

  @Override
  public final void fileEntryPublished(TestDescriptor test, FileEntry file) {
    listener.fileEntryPublished(told(test), file);
  }
}
