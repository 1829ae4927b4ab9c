package dev.partyline.junit5;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.partyline.loopback.Listener;
import dev.partyline.wire.Side;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult.Status;

/** Which offsets a test is run at, how its runs end, and what is drawn. */
class SliceEverywhereTest {
  private static final String PING = "C: PING\nS: PONG";

  private static List<String> names(TestRun run) {
    return run.finishedEvents().stream()
        .filter(event -> event.getTestDescriptor().isTest())
        .map(event -> event.getTestDescriptor().getDisplayName().replaceFirst("\\[\\d+\\] ", ""))
        .toList();
  }

  abstract static class Client {
    abstract String read(Socket socket) throws IOException;

    String ask(Listener server) throws IOException {
      try (Socket socket = new Socket(server.host(), server.port())) {
        socket.getOutputStream().write("PING\r\n".getBytes(US_ASCII));
        return read(socket);
      }
    }

    static String readOnce(Socket socket) throws IOException {
      byte[] room = new byte[64];
      return new String(room, 0, Math.max(0, socket.getInputStream().read(room)), US_ASCII);
    }

    static String readAll(Socket socket) throws IOException {
      return new String(socket.getInputStream().readNBytes(6), US_ASCII);
    }
  }

  @Test
  void the_offsets_at_which_a_test_fails_are_drawn_in_one_failure() {
    TestRun run = TestRun.of(ReadsOnce.class);
    assertThat(names(run))
        .hasSize(12)
        .startsWith("clear")
        .contains("slice at 1 from client", "slice at 5 from server")
        .endsWith("first that fails: slice at 1 from server");
    assertThat(run.statuses().stream().filter(status -> status == Status.ABORTED)).hasSize(5);
    assertThat(run.failure())
        .hasMessageStartingWith(
            """
            it fails when what the server sends is sliced before any of the bytes 1 to 5
              10 offsets, all that there are, were tried
              the client
                   0  PING\\r\\n
                       .... .
              the server
                   0  PONG\\r\\n
                       xxxx x
              sliced before the byte above: x fails, . passes
              in\s""")
        .hasMessageContaining(
            "of 60 s, and 200 runs at most\n  to see it each time: @InWeather(\"slice at 1 from")
        .cause()
        .hasMessageContaining("PONG");
  }

  static class ReadsOnce extends Client {
    @Override
    String read(Socket socket) throws IOException {
      return readOnce(socket);
    }

    @SliceEverywhere
    void pings(@ScriptedListener(PING) Listener server) throws IOException {
      assertThat(ask(server)).isEqualTo("PONG\r\n");
    }
  }

  @Test
  void a_test_that_passes_everywhere_has_the_drawing_as_a_report_entry() {
    TestRun.of(ReadsAll.class).assertPassed(6);
    assertThat(TestRun.of(ReadsAll.class).reportEntries())
        .singleElement()
        .asString()
        .startsWith(
            """
            it passes at each offset
              5 offsets, all that there are, were tried
              the server
                   0  PONG\\r\\n
                       .... .
            """);
  }

  static class ReadsAll extends Client {
    @Override
    String read(Socket socket) throws IOException {
      return readAll(socket);
    }

    @SliceEverywhere(sides = Side.SERVER)
    void pings(@ScriptedListener(PING) Listener server) throws IOException {
      assertThat(ask(server)).isEqualTo("PONG\r\n");
    }
  }

  @Test
  void a_bound_of_runs_or_time_leaves_offsets_out_and_says_so() {
    assertThat(names(TestRun.of(FewRuns.class))).hasSize(4);
    assertThat(TestRun.of(FewRuns.class).reportEntries())
        .singleElement()
        .asString()
        .contains("3 of 10 offsets were tried", "; 7 were left out\n", "and 3 runs at most");
    assertThat(names(TestRun.of(LittleTime.class))).hasSize(2);
    assertThat(TestRun.of(LittleTime.class).reportEntries())
        .singleElement()
        .asString()
        .contains("1 of 10 offsets were tried", "9 were left out");
  }

  static class FewRuns extends ReadsAll {
    @Override
    @SliceEverywhere(runs = 3)
    void pings(@ScriptedListener(PING) Listener server) throws IOException {
      super.pings(server);
    }
  }

  static class LittleTime extends ReadsAll {
    @Override
    @SliceEverywhere(atMost = "1ns")
    void pings(@ScriptedListener(PING) Listener server) throws IOException {
      super.pings(server);
    }
  }

  @Test
  void what_fails_only_after_the_methods_after_each_counts_as_well() {
    TestRun run = TestRun.of(Unfinished.class);
    assertThat(run.failed()).containsExactly("[7] first that fails: slice at 1 from server");
    assertThat(run.statuses().stream().filter(status -> status == Status.ABORTED)).hasSize(5);
    assertThat(run.failure())
        .hasMessageContaining("what the server sends is sliced before any of the bytes 1 to 5\n")
        .cause()
        .hasMessageContaining("the script of");
  }

  /** A client that does not answer what comes in two pieces. */
  static class Unfinished {
    @SliceEverywhere(sides = Side.SERVER)
    void answers(@ScriptedListener("S: PING\nC: PONG") Listener server) throws IOException {
      try (Socket socket = new Socket(server.host(), server.port())) {
        if (Client.readOnce(socket).equals("PING\r\n")) {
          socket.getOutputStream().write("PONG\r\n".getBytes(US_ASCII));
        }
      }
    }

    @AfterEach
    void nothing() {}
  }

  @Test
  void what_fails_at_one_time_and_passes_at_the_next_has_failed() {
    assertThat(TestRun.of(ByChance.class).failure())
        .hasMessageStartingWith("it fails when what the")
        .hasMessageEndingWith("it passed when it was run again at the first of them");
  }

  static class ByChance extends ReadsAll {
    private static int runs;

    @Override
    @SliceEverywhere
    void pings(@ScriptedListener(PING) Listener server) throws IOException {
      super.pings(server);
      runs++;
      assertThat(runs).isNotEqualTo(4);
    }
  }

  @Test
  void a_run_that_is_aborted_has_a_mark_and_the_drawing_comes_though_it_is_the_last() {
    Aborts.runs = 0;
    assertThat(TestRun.of(Aborts.class).reportEntries())
        .singleElement()
        .asString()
        .startsWith("it passes at 4 of 5 offsets, and was aborted at 1\n  5 offsets, all that")
        .contains("sliced before the byte above: . passes, ? aborted\n");
    Aborts.runs = 1;
    assertThat(TestRun.of(AbortsAfterEach.class).reportEntries())
        .singleElement()
        .asString()
        .startsWith("it passes at 4 of 5 offsets, and was aborted at 1\n");
  }

  static class Aborts extends ReadsAll {
    private static int runs;

    @Override
    @SliceEverywhere(sides = Side.SERVER)
    void pings(@ScriptedListener(PING) Listener server) throws IOException {
      super.pings(server);
      runs++;
      assumeTrue(runs != 6);
    }
  }

  static class AbortsAfterEach extends ReadsAll {
    @AfterEach
    void abort() {
      Aborts.runs++;
      assumeTrue(Aborts.runs != 6);
    }
  }

  @Test
  void the_drawing_of_failures_comes_as_an_entry_if_the_run_that_has_it_is_aborted() {
    assertThat(TestRun.of(AbortsLast.class).reportEntries())
        .singleElement()
        .asString()
        .startsWith("it fails when what the server sends is sliced before byte ");
  }

  static class AbortsLast extends ReadsAll {
    private static int runs;

    @Override
    @SliceEverywhere(sides = Side.SERVER)
    void pings(@ScriptedListener(PING) Listener server) throws IOException {
      super.pings(server);
      runs++;
      assumeTrue(runs != 7);
      assertThat(runs).isNotEqualTo(3);
    }
  }

  @Test
  void a_test_of_which_no_offset_was_met_fails() {
    TestRun run = TestRun.of(InAnotherThread.class);
    assertThat(run.failed()).hasSize(1).first().asString().contains("] none was met: slice at ");
    assertThat(run.failure())
        .hasMessageStartingWith("no offset was met: what another thread than that of the test")
        .hasMessageContaining("\n           ---- -\n");
  }

  static class InAnotherThread extends Client {
    private static int runs;

    @Override
    String read(Socket socket) throws IOException {
      return readAll(socket);
    }

    /** A listener of its own has the run in clear weather alone. */
    @SliceEverywhere(sides = Side.SERVER)
    void pings() throws IOException {
      runs++;
      Supplier<Listener> start = Listener.playing(PING)::start;
      try (Listener server =
          runs == 1 ? start.get() : CompletableFuture.supplyAsync(start).join()) {
        assertThat(ask(server)).isEqualTo("PONG\r\n");
      }
    }
  }

  @Test
  void a_constructor_that_fails_is_drawn_as_well() {
    TestRun run = TestRun.of(FailsToBeMade.class);
    assertThat(run.failed()).containsExactly("[7] first that fails: slice at 1 from server");
    assertThat(run.failure())
        .hasMessageStartingWith("it fails when what the server sends is sliced before any of the")
        .cause()
        .hasMessageContaining("only once");
  }

  static class FailsToBeMade extends ReadsAll {
    private static int instances;

    FailsToBeMade() {
      instances++;
      assertThat(instances).as("only once").isEqualTo(1);
    }
  }

  @Test
  void a_test_that_fails_in_clear_weather_is_not_sliced() {
    assertThat(names(TestRun.of(FailsInClear.class))).containsExactly("clear");
  }

  static class FailsInClear {
    @SliceEverywhere
    void fails(@ScriptedListener(PING) Listener server) {
      assertThat(LineClient.ask(server, "PING")).isEqualTo("pong");
    }
  }

  @Test
  void what_cannot_be_is_an_error_that_says_what_can() {
    assertThat(TestRun.of(NoTime.class).failure())
        .hasMessageContaining(
            "@SliceEverywhere method [pings] has atMost = \"soon\", but it must be a")
        .hasMessageContaining("such as 500ms");
    assertThat(TestRun.of(NoRuns.class).failure())
        .hasMessageContaining("has runs = 0, but must have at least 1");
    assertThat(TestRun.of(NoSides.class).failure())
        .hasMessageContaining("has no sides, but must have one or both");
    assertThat(TestRun.of(NothingSent.class).failure())
        .hasMessageContaining("there is nothing to slice");
  }

  static class NoTime {
    @SliceEverywhere(atMost = "soon")
    void pings() {}
  }

  static class NoRuns {
    @SliceEverywhere(runs = 0)
    void pings() {}
  }

  static class NoSides {
    @SliceEverywhere(sides = {})
    void pings() {}
  }

  static class NothingSent {
    @SliceEverywhere
    void connects(@ScriptedListener("S! close") Listener server) throws IOException {
      try (Socket socket = new Socket(server.host(), server.port())) {
        assertThat(socket.getInputStream().read()).isNegative();
      }
    }
  }
}
