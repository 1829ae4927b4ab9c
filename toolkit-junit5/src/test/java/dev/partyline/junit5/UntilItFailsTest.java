package dev.partyline.junit5;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.loopback.Listener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/** How often a test is run until it fails, and what is told of that. */
class UntilItFailsTest {
  private static final String PING = "C: PING\nS: PONG";
  private static final AtomicInteger RUNS = new AtomicInteger();

  @TempDir private Path reports;

  @BeforeEach
  void reset() {
    RUNS.set(0);
  }

  private static void ping(Listener server) {
    assertThat(LineClient.ask(server, "PING")).isEqualTo("PONG");
  }

  private static List<String> names(TestRun run) {
    return run.finishedEvents().stream()
        .filter(event -> event.getTestDescriptor().isTest())
        .map(event -> event.getTestDescriptor().getDisplayName())
        .toList();
  }

  /** The entries of JUnit's report. */
  private static final class Entries implements TestExecutionListener {
    private final List<String> texts = new ArrayList<>();

    @Override
    public void reportingEntryPublished(TestIdentifier identifier, ReportEntry entry) {
      texts.addAll(entry.getKeyValuePairs().values());
    }
  }

  private List<String> entries(Class<?> test, Map<String, String> configuration) {
    Entries entries = new Entries();
    TestRun.launch(test, reports, configuration, entries);
    return entries.texts;
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(reports)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  @Test
  void a_test_that_passes_is_run_as_often_as_asked_for_and_an_entry_says_so() throws IOException {
    assertThat(names(TestRun.of(Passes.class)))
        .containsExactly("run 1 of 3", "run 2 of 3", "run 3 of 3");
    List<String> entries =
        entries(Passes.class, Map.of("partyline.report", "all", "partyline.publish", "always"));
    assertThat(entries).singleElement().asString().matches("3 runs in [\\d.]+ s passed");
    assertThat(files()).as("of passing runs nothing is written").isEmpty();
  }

  static class Passes {
    private static final Set<Object> INSTANCES = ConcurrentHashMap.newKeySet();

    @ScriptedListener(PING)
    Listener server;

    @UntilItFails(runs = 3)
    void pings() {
      ping(server);
      assertThat(server.recording().connections()).isEqualTo(1);
      assertThat(INSTANCES.add(this)).isTrue();
    }
  }

  @Test
  void it_stops_at_the_first_run_that_fails() {
    TestRun run = TestRun.of(FailsThirdTime.class);
    assertThat(names(run)).containsExactly("run 1 of 200", "run 2 of 200", "run 3 of 200");
    assertThat(run.failed()).containsExactly("run 3 of 200");
    assertThat(entries(Failing.class, Map.of())).isEmpty();
  }

  static class FailsThirdTime {
    @UntilItFails
    void pings(@ScriptedListener(PING) Listener server) {
      ping(server);
      assertThat(RUNS.incrementAndGet()).isLessThan(3);
    }
  }

  static class Failing {
    @UntilItFails
    void fails() {
      assertThat(1).isEqualTo(2);
    }
  }

  @Test
  void a_script_that_is_not_followed_and_a_method_after_the_test_stop_it_as_well() {
    assertThat(TestRun.of(ScriptFails.class).failed()).containsExactly("run 2 of 200");
    RUNS.set(0);
    assertThat(TestRun.of(FailsLater.class).failed()).containsExactly("run 2 of 200");
  }

  static class ScriptFails {
    @UntilItFails
    void pings(@ScriptedListener(PING) Listener server) {
      LineClient.ask(server, RUNS.incrementAndGet() == 2 ? "PANG" : "PING");
    }
  }

  static class FailsLater {
    @UntilItFails
    void pings(@ScriptedListener(PING) Listener server) {
      ping(server);
    }

    @AfterEach
    void check() {
      assertThat(RUNS.incrementAndGet()).isLessThan(2);
    }
  }

  @Test
  void what_is_told_of_a_script_that_was_not_followed_is_what_passing_runs_did() {
    assertThat(TestRun.of(ScriptFails.class).failure().getSuppressed())
        .anySatisfy(
            report ->
                assertThat(report.getMessage())
                    .startsWith("run 2 of 200: what it did and the passing run did not:\n")
                    .contains("event 1 of connection 1: 1 passing run had `C sends PING\\r\\n`"));
  }

  @Test
  void after_its_time_no_further_run_begins() {
    assertThat(entries(OutOfTime.class, Map.of()))
        .singleElement()
        .asString()
        .matches("1 of 200 runs in [\\d.]+ s passed");
  }

  static class OutOfTime {
    @UntilItFails(atMost = "1ns")
    void passes() {}
  }

  @Test
  void a_run_that_is_aborted_has_not_passed() {
    assertThat(entries(AbortsOnce.class, Map.of()))
        .anySatisfy(text -> assertThat(text).matches("2 runs in [\\d.]+ s passed, 1 aborted"));
  }

  static class AbortsOnce {
    @UntilItFails(runs = 3)
    void aborts() {
      Assumptions.assumeTrue(RUNS.incrementAndGet() != 2);
    }
  }

  @Test
  void the_page_of_the_failing_run_has_the_nearest_passing_one_beside_it() throws IOException {
    TestRun.launch(ScriptFails.class, reports, Map.of());
    assertThat(files())
        .filteredOn(file -> file.endsWith("report.html"))
        .singleElement()
        .satisfies(
            page -> assertThat(Files.readString(page)).contains("\"name\":\"run 1 of 200\""));
  }

  @Test
  void processors_are_kept_busy_as_long_as_it_runs() {
    assertThat(TestRun.of(UnderLoad.class).failures()).isEmpty();
    assertThat(loads()).isZero();
  }

  private static long loads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().matches("partyline-load-[123]"))
        .filter(Thread::isDaemon)
        .count();
  }

  static class UnderLoad {
    @UntilItFails(runs = 2, stress = 3)
    void passes() {
      assertThat(loads()).isEqualTo(3);
    }
  }

  @Test
  void attributes_that_make_no_sense_are_named_with_what_would() {
    assertThat(TestRun.of(NegativeStress.class).failure())
        .hasMessage(
            "@UntilItFails method [passes] has stress = -1, which must be a number of threads from 0"
                + " to 1000");
    assertThat(TestRun.of(NoRuns.class).failure())
        .hasMessage("@UntilItFails method [passes] has runs = 0, which must be 1 or more");
    assertThat(TestRun.of(NoUnit.class).failure())
        .hasMessage(
            "@UntilItFails method [passes] has atMost = \"120\", which must be a time above 0 with"
                + " its unit (ns, us, ms, s, m), such as 500ms");
  }

  static class NegativeStress {
    @UntilItFails(stress = -1)
    void passes() {}
  }

  static class NoRuns {
    @UntilItFails(runs = 0)
    void passes() {}
  }

  static class NoUnit {
    @UntilItFails(atMost = "120")
    void passes() {}
  }

  @Test
  void a_run_that_hangs_is_compared_as_it_was_when_its_time_was_up() {
    TestRun run = TestRun.of(Hangs.class);
    assertThat(run.failed()).containsExactly("run 4 of 200");
    assertThat(run.failure().getSuppressed())
        .anySatisfy(
            report ->
                assertThat(report.getMessage())
                    .contains(
                        "run 4 of 200: what it did and none of 3 passing runs did:\n",
                        "event 2 of connection 1: 3 passing runs had `S sends PONG\\r\\n` there,"
                            + " this one had nothing more"));
  }

  static class Hangs {
    @UntilItFails
    @Timeout(2)
    void pings() throws IOException {
      String pause = RUNS.incrementAndGet() == 4 ? "pause 1m\n" : "";
      try (Listener server = Listener.playing("C: PING\n" + pause + "S: PONG").start()) {
        ping(server);
      }
    }
  }

  @Test
  void runs_of_several_tests_at_the_same_time_are_compared_with_their_own() {
    TestRun run =
        TestRun.of(
            Map.of(
                "junit.jupiter.execution.parallel.enabled", "true",
                "junit.jupiter.execution.parallel.mode.default", "concurrent",
                "junit.jupiter.execution.parallel.config.strategy", "fixed",
                "junit.jupiter.execution.parallel.config.fixed.parallelism", "4"),
            Parallel.class);
    assertThat(run.failed()).containsExactlyInAnyOrder("run 5 of 200", "run 5 of 200");
    assertThat(run.failures())
        .allSatisfy(
            failure ->
                assertThat(failure.getSuppressed())
                    .anySatisfy(
                        report ->
                            assertThat(report.getMessage())
                                .startsWith(
                                    "run 5 of 200: what it did and none of 4 passing runs did:")));
  }

  static class Parallel {
    private static final AtomicInteger PINGS = new AtomicInteger();
    private static final AtomicInteger ASKS = new AtomicInteger();

    @UntilItFails
    void pings(@ScriptedListener(PING) Listener server) {
      assertThat(LineClient.ask(server, PINGS.incrementAndGet() == 5 ? "PANG" : "PING"))
          .isEqualTo("PONG");
    }

    @UntilItFails
    void asks(@ScriptedListener("C: ASK\nS: YES") Listener server) {
      assertThat(LineClient.ask(server, ASKS.incrementAndGet() == 5 ? "TELL" : "ASK"))
          .isEqualTo("YES");
    }
  }

  @Test
  void of_a_listener_of_the_class_a_run_has_its_own_connections_alone() {
    TestRun run = TestRun.of(Shared.class);
    assertThat(run.failed()).contains("run 4 of 200");
    assertThat(run.failures().get(0).getSuppressed())
        .anySatisfy(
            report ->
                assertThat(report.getMessage())
                    .contains("event 1 of connection 4: 3 passing runs had `C sends PING\\r\\n`"));
  }

  static class Shared {
    @ScriptedListener("every connection\n  C: ${any}\n  S: PONG")
    static Listener server;

    @UntilItFails
    void pings() {
      boolean isRare = RUNS.incrementAndGet() == 4;
      ping(isRare ? "PANG" : "PING");
      assertThat(isRare).isFalse();
    }

    private static void ping(String text) {
      assertThat(LineClient.ask(server, text)).isEqualTo("PONG");
    }
  }
}
