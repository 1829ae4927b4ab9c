package dev.partyline.junit5.hunt;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectUniqueId;

import dev.partyline.junit5.InEveryWeather;
import dev.partyline.junit5.ScriptedListener;
import dev.partyline.loopback.Listener;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A suite is run under conditions though none of its tests says so. */
class SuiteHuntTest {
  private static final String PING = "C: PING\nS: PONG";
  private static final String ONLY = "partyline.hunt.only";

  @TempDir private Path reports;

  private SuiteRun run(Map<String, String> parameters, Class<?> test) {
    return SuiteRun.of(reports, parameters, selectClass(test));
  }

  static String ask(int port, boolean wholly) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.getOutputStream().write("PING\r\n".getBytes(US_ASCII));
      byte[] answer = new byte[6];
      int count =
          wholly
              ? socket.getInputStream().readNBytes(answer, 0, 6)
              : socket.getInputStream().read(answer);
      return new String(answer, 0, count, US_ASCII);
    }
  }

  @Test
  void a_test_that_opens_a_listener_is_run_again_under_each_condition() {
    SuiteRun run = run(Map.of(), InCode.class);
    assertThat(run.failed())
        .contains("readsOnce() [each message in halves]", "readsOnce() [one byte at a time]")
        .allMatch(name -> name.startsWith("readsOnce() ["));
    assertThat(run.passed())
        .containsOnlyOnce("readsOnce()", "readsAll()", "connectsToNobody()")
        .contains("readsAll() [one byte at a time]", "readsOnce() [late server]")
        .noneMatch(name -> name.startsWith("connectsToNobody() ["));
  }

  static class InCode {
    @Test
    void readsOnce() throws IOException {
      try (Listener server = Listener.playing(PING).start()) {
        assertThat(ask(server.port(), false)).isEqualTo("PONG\r\n");
      }
    }

    @Test
    void readsAll() throws IOException {
      try (Listener server = Listener.playing(PING).start()) {
        assertThat(ask(server.port(), true)).isEqualTo("PONG\r\n");
      }
    }

    @Test
    void connectsToNobody() {}
  }

  @Test
  void a_failure_says_its_condition_and_how_to_run_it_alone() {
    Throwable failure = run(Map.of(ONLY, "one byte at a time"), InCode.class).failures().get(0);
    assertThat(failure.getSuppressed())
        .anySatisfy(
            note ->
                assertThat(note)
                    .hasMessageContaining("failed under the condition one byte at a time (slice at")
                    .hasMessageContaining("partyline.hunt.only=\"one byte at a time\""));
  }

  @Test
  void the_whole_life_cycle_is_run_again_and_what_a_class_opens_has_the_condition_too() {
    Shared.begun.set(0);
    SuiteRun run = run(Map.of(ONLY, "one byte at a time, late server"), Shared.class);
    assertThat(Shared.begun).hasValue(3);
    assertThat(run.failed()).containsExactly("readsOnce() [one byte at a time]");
    assertThat(run.entries()).noneMatch(text -> text.contains("no effect"));
  }

  static class Shared {
    static final AtomicInteger begun = new AtomicInteger();
    static Listener server;

    @BeforeAll
    static void start() {
      begun.incrementAndGet();
      server = Listener.playing("every connection\n  C: PING\n  S: PONG").start();
    }

    @AfterAll
    static void stop() {
      server.close();
    }

    @Test
    void readsOnce() throws IOException {
      assertThat(ask(server.port(), false)).isEqualTo("PONG\r\n");
    }
  }

  @Test
  void invocations_and_dynamic_tests_have_their_conditions() {
    SuiteRun run = run(Map.of(ONLY, "one byte at a time"), Templates.class);
    assertThat(run.failed())
        .containsExactlyInAnyOrder("false [one byte at a time]", "once [one byte at a time]");
    assertThat(run.passed()).contains("true [one byte at a time]", "wholly [one byte at a time]");
  }

  static class Templates {
    @ParameterizedTest(name = "{0}")
    @ValueSource(booleans = {false, true})
    void asks(boolean wholly, @ScriptedListener(PING) Listener server) throws IOException {
      assertThat(ask(server.port(), wholly)).isEqualTo("PONG\r\n");
    }

    @TestFactory
    Stream<DynamicTest> dynamic() {
      return Stream.of(dynamicTest("once", false), dynamicTest("wholly", true));
    }

    private static DynamicTest dynamicTest(String name, boolean wholly) {
      return DynamicTest.dynamicTest(
          name,
          () -> {
            try (Listener server = Listener.playing(PING).start()) {
              assertThat(ask(server.port(), wholly)).isEqualTo("PONG\r\n");
            }
          });
    }
  }

  @Test
  void what_fails_in_clear_weather_or_is_run_in_every_weather_is_not_run_again() {
    SuiteRun run = run(Map.of(), NotAgain.class);
    assertThat(run.failed()).containsExactly("fails()");
    assertThat(run.passed()).contains("[1] clear").noneMatch(name -> name.endsWith("late server]"));
  }

  static class NotAgain {
    @ScriptedListener(PING)
    Listener server;

    @Test
    void fails() throws IOException {
      assertThat(ask(server.port(), true)).isEqualTo("PING\r\n");
    }

    @InEveryWeather(only = "late server")
    void asks() throws IOException {
      assertThat(ask(server.port(), true)).isEqualTo("PONG\r\n");
    }
  }

  @Test
  void a_class_that_fails_under_a_condition_fails_its_tests() throws IOException {
    SuiteRun run = run(Map.of(ONLY, "one byte at a time"), AsksBefore.class);
    assertThat(run.passed()).containsExactly("asksAgain()");
    assertThat(run.failures()).hasSize(1);
    assertThat(Files.readString(reports.resolve("failed.txt")))
        .contains(AsksBefore.class.getName() + ".asksAgain(): one byte at a time\n");
  }

  static class AsksBefore {
    @ScriptedListener("every connection\n  C: PING\n  S: PONG")
    static Listener server;

    @BeforeAll
    static void asks() throws IOException {
      assertThat(ask(server.port(), false)).isEqualTo("PONG\r\n");
    }

    @Test
    void asksAgain() throws IOException {
      assertThat(ask(server.port(), true)).isEqualTo("PONG\r\n");
    }
  }

  @Test
  void a_suite_is_selected_by_the_id_of_jupiter_too() {
    String id = "[engine:junit-jupiter]/[class:" + InCode.class.getName() + "]";
    Map<String, String> parameters = Map.of(ONLY, "one byte at a time");
    assertThat(SuiteRun.of(reports, parameters, selectUniqueId(id)).failed())
        .containsExactly("readsOnce() [one byte at a time]");
  }

  @Test
  void what_the_constructor_of_a_test_opens_has_the_condition() {
    SuiteRun run = run(Map.of(ONLY, "one byte at a time"), InConstructor.class);
    assertThat(run.failed()).containsExactly("readsOnce() [one byte at a time]");
  }

  static class InConstructor {
    final Listener server = Listener.playing(PING).start();

    @Test
    void readsOnce() throws IOException {
      try (Listener closed = server) {
        assertThat(ask(closed.port(), false)).isEqualTo("PONG\r\n");
      }
    }
  }

  @Test
  void tests_that_run_in_parallel_have_the_condition_of_their_own_thread() {
    Map<String, String> parameters =
        Map.of(
            ONLY,
            "one byte at a time",
            "junit.jupiter.execution.parallel.enabled",
            "true",
            "junit.jupiter.execution.parallel.mode.default",
            "concurrent");
    SuiteRun run = run(parameters, InCode.class);
    assertThat(run.failed()).containsExactly("readsOnce() [one byte at a time]");
    assertThat(run.passed()).contains("readsAll() [one byte at a time]");
  }

  @Test
  void a_failed_test_is_run_again_by_its_id_under_its_condition_alone() {
    String id =
        run(Map.of(), InCode.class).ids().stream()
            .filter(each -> each.contains("[condition:one byte") && each.contains("readsOnce"))
            .findFirst()
            .orElseThrow();
    SuiteRun again = SuiteRun.of(reports, Map.of(), selectUniqueId(id));
    assertThat(again.passed()).containsExactly("readsOnce()");
    assertThat(again.failed()).containsExactly("readsOnce() [one byte at a time]");
  }

  @Test
  void a_table_tells_which_test_is_sensitive_to_what() throws IOException {
    SuiteRun run = run(Map.of(ONLY, "one byte at a time, late server"), InCode.class);
    Path table = reports.resolve("partyline-hunt").resolve("weather.md");
    assertThat(run.entries()).anyMatch(text -> text.endsWith(": " + table));
    String name = InCode.class.getName();
    assertThat(table)
        .content()
        .contains("1 of 2 tests with a listener, client or tap fail under a condition.")
        .containsPattern(Pattern.quote("| " + name + ".readsOnce() ") + " *\\| failed +\\| passed");
    run(Map.of(ONLY, "late client"), Shared.class);
    assertThat(Files.readString(table)).contains("1 of 3 tests", "late client", name);
  }

  @Test
  void what_has_failed_comes_first_the_next_time_until_it_passes() throws IOException {
    Path file = reports.resolve("failed.txt");
    String test = InCode.class.getName() + ".readsAll()";
    Files.writeString(
        file, "# The conditions under which tests have failed\n" + test + ": late server\n");
    SuiteRun run = run(Map.of(), InCode.class);
    assertThat(run.ids().stream().filter(id -> id.contains("[condition:")))
        .first()
        .asString()
        .contains("[condition:late server]");
    assertThat(Files.readString(file))
        .doesNotContain("late server")
        .contains(InCode.class.getName() + ".readsOnce(): one byte at a time\n");
  }

  @Test
  void conditions_are_left_out_by_name() {
    SuiteRun run = run(Map.of("partyline.hunt.except", "one byte at a time"), InCode.class);
    assertThat(run.failed()).isNotEmpty().noneMatch(name -> name.contains("one byte"));
  }

  @Test
  void a_name_that_no_condition_has_is_an_error_before_anything_runs() {
    for (String parameter : List.of(ONLY, "partyline.hunt.except")) {
      Map<String, String> parameters = Map.of(parameter, "late client, late servant");
      assertThatThrownBy(() -> run(parameters, InCode.class))
          .rootCause()
          .hasMessageStartingWith(parameter + " names the condition \"late servant\", which there")
          .hasMessageContaining("\"late server\"");
    }
  }

  @Test
  void a_condition_that_no_test_can_have_is_told() {
    SuiteRun run = run(Map.of(ONLY, "inside characters"), InCode.class);
    assertThat(run.failed()).isEmpty();
    assertThat(run.entries())
        .contains("no test can have the condition \"inside characters\", so none ran under it");
  }
}
