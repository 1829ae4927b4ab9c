package dev.partyline.junit5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.partyline.wire.Patience;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.ClassSelector;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.launcher.LauncherConstants;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.EventType;

/** The outcome of test classes that were run inside a test. */
public record TestRun(List<Event> events) {

  public static TestRun of(Class<?>... tests) {
    return of(Map.of(), tests);
  }

  public static TestRun of(Map<String, String> configuration, Class<?>... tests) {
    return new TestRun(
        EngineTestKit.engine("junit-jupiter")
            .selectors(
                Arrays.stream(tests).map(test -> selectClass(test)).toArray(ClassSelector[]::new))
            .configurationParameters(hermetic(configuration))
            .execute()
            .allEvents()
            .list());
  }

  public List<Event> finishedEvents() {
    return events.stream().filter(event -> event.getType() == EventType.FINISHED).toList();
  }

  /** Returns the texts of the report entries of ours. */
  List<String> reportEntries() {
    return events.stream()
        .flatMap(event -> event.getPayload(ReportEntry.class).stream())
        .flatMap(entry -> Stream.ofNullable(entry.getKeyValuePairs().get("partyline")))
        .toList();
  }

  /** Tests that fail on purpose leave nothing behind that the next run reads. */
  private static Map<String, String> hermetic(Map<String, String> configuration) {
    Map<String, String> all = new HashMap<>(Map.of("partyline.hunt.file", "off"));
    all.putAll(configuration);
    return all;
  }

  /** Runs a test class as a build does, which keeps the files of its tests in a folder. */
  static void launch(
      Class<?> test,
      Path reports,
      Map<String, String> configuration,
      TestExecutionListener... listeners) {
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(test))
                .configurationParameters(hermetic(configuration))
                .configurationParameter(
                    LauncherConstants.OUTPUT_DIR_PROPERTY_NAME, reports.toString())
                .build(),
            listeners);
  }

  /** Runs tests that leave something open on purpose, so that to wait for its close is useless. */
  static TestRun ofLeaking(Class<?>... tests) {
    return ofLeaking(Map.of(), tests);
  }

  static TestRun ofLeaking(Map<String, String> configuration, Class<?>... tests) {
    try (Patience little = Patience.little()) {
      assertThat(little).isNotNull();
      return of(configuration, tests);
    }
  }

  /** Checks that so many tests ran, and that nothing failed. */
  public void assertPassed(int tests) {
    assertThat(failures()).isEmpty();
    assertThat(finishedEvents())
        .filteredOn(event -> event.getTestDescriptor().isTest())
        .hasSize(tests);
  }

  /** Returns the names of the tests and classes that failed, in the order in which they ended. */
  public List<String> failed() {
    return finishedEvents().stream()
        .filter(TestRun::isFailed)
        .map(event -> event.getTestDescriptor().getDisplayName())
        .toList();
  }

  /** Returns how the tests and classes ended. */
  List<TestExecutionResult.Status> statuses() {
    return finishedEvents().stream().map(event -> result(event).getStatus()).toList();
  }

  public List<Throwable> failures() {
    return finishedEvents().stream().filter(TestRun::isFailed).map(TestRun::failure).toList();
  }

  /** Returns the failure of the only test or class that failed. */
  public Throwable failure() {
    assertThat(failures()).hasSize(1);
    return failures().get(0);
  }

  private static boolean isFailed(Event event) {
    return result(event).getStatus() == TestExecutionResult.Status.FAILED;
  }

  private static Throwable failure(Event event) {
    return result(event).getThrowable().orElseThrow();
  }

  private static TestExecutionResult result(Event event) {
    return event.getRequiredPayload(TestExecutionResult.class);
  }
}
