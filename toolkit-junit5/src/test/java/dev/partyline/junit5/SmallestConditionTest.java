package dev.partyline.junit5;

import static dev.partyline.junit5.SocketText.readAll;
import static dev.partyline.junit5.SocketText.readOnce;
import static dev.partyline.junit5.SocketText.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.loopback.Client;
import dev.partyline.loopback.Listener;
import dev.partyline.wire.Side;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SmallestConditionTest {
  private static final String PING = "C: PING\nS: PONG";

  @Test
  void a_script_that_fails_alone_is_made_smaller_as_well() {
    assertThat(TestRun.of(ScriptAlone.class).failed())
        .hasSize(2)
        .last()
        .asString()
        .endsWith(" smallest part of each message in halves (slice at 1 from client)");
  }

  static class ScriptAlone {
    private ServerSocket server;

    @ScriptedClient(to = "port", value = "C: PING\nS: 4 letters\nS! close")
    Client client;

    @BeforeEach
    void start() throws IOException {
      ServerSocket opened = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
      server = opened;
      Thread serving = new Thread(() -> serve(opened));
      serving.setDaemon(true);
      serving.start();
    }

    private static void serve(ServerSocket server) {
      try (Socket socket = server.accept()) {
        send(socket, readOnce(socket).strip().length() + " letters\r\n");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @AfterEach
    void close() throws IOException {
      server.close();
    }

    int port() {
      return server.getLocalPort();
    }

    @InEveryWeather(only = "each message in halves")
    void answers() {}
  }

  @Test
  void a_script_that_is_unfinished_after_the_methods_after_each_is_made_smaller_as_well() {
    TestRun run = TestRun.of(UnfinishedAfterEach.class);
    assertThat(run.failed())
        .hasSize(2)
        .last()
        .asString()
        .endsWith(" smallest part of each message in halves (slice at 1 from server)");
    assertThat(run.failures().get(1).getSuppressed())
        .anySatisfy(note -> assertThat(note).hasMessageStartingWith("the smallest condition"));
  }

  /** A server that does not answer what comes in two pieces. */
  static class UnfinishedAfterEach {
    @ScriptedListener("C: HELLO\nS: PING\nC: PONG")
    Listener server;

    @InEveryWeather(only = "each message in halves")
    void answers() throws IOException {
      try (Socket socket = new Socket(server.host(), server.port())) {
        send(socket, "HELLO\r\n");
        if (readOnce(socket).equals("PING\r\n")) {
          send(socket, "PONG\r\n");
        }
      }
    }

    @AfterEach
    void nothing() {}
  }

  @Test
  void what_fails_before_or_after_a_test_is_made_smaller_as_well() {
    assertThat(TestRun.of(FailsBeforeEach.class).failed())
        .hasSize(2)
        .last()
        .asString()
        .endsWith("smallest part of each message in halves (slice at 1 from server)");
    assertThat(TestRun.of(FailsAfterEach.class).failed())
        .hasSize(2)
        .last()
        .asString()
        .endsWith("smallest part of each message in halves (slice at 7 from server)");
  }

  static class FailsBeforeEach {
    @ScriptedListener(PING)
    Listener server;

    @BeforeEach
    void before() throws IOException {
      try (Socket socket = new Socket(server.host(), server.port())) {
        send(socket, "PING\r\n");
        assertThat(readOnce(socket)).isEqualTo("PONG\r\n");
      }
    }

    @InEveryWeather(only = "each message in halves")
    void passes() {}
  }

  static class FailsAfterEach {
    @ScriptedListener("C: PING\nS: PONG\nC: PING\nS: PONG")
    Listener server;

    private Socket socket;

    @InEveryWeather(only = "each message in halves")
    void passes() throws IOException {
      socket = new Socket(server.host(), server.port());
      send(socket, "PING\r\n");
      assertThat(readAll(socket, 6)).isEqualTo("PONG\r\n");
      send(socket, "PING\r\n");
      server.recording().awaitBytes(Side.SERVER, 12, Duration.ofSeconds(5));
    }

    @AfterEach
    void after() throws IOException {
      try (Socket closed = socket) {
        assertThat(readOnce(closed)).isEqualTo("PONG\r\n");
      }
    }
  }

  @Test
  void what_fails_by_chance_does_not_keep_what_fails_each_time_from_being_made_smaller() {
    assertThat(TestRun.of(FailsByChanceFirst.class).failed())
        .hasSize(3)
        .last()
        .asString()
        .endsWith(" smallest part of one byte at a time (slice at 1 from server)");
  }

  static class FailsByChanceFirst {
    private static int runs;

    @InEveryWeather(only = {"each message in halves", "one byte at a time"})
    void pings(@ScriptedListener(PING) Listener server) throws IOException {
      runs++;
      assertThat(runs).as("the second run").isNotEqualTo(2);
      try (Socket socket = new Socket(server.host(), server.port())) {
        send(socket, "PING\r\n");
        String first = readOnce(socket);
        // Halves have three bytes each, and are no trouble to it.
        assertThat(first).hasSizeGreaterThan(1);
      }
    }
  }

  @Test
  void what_is_found_by_chance_is_not_called_the_smallest_and_leaves_room_for_the_next() {
    TestRun run = TestRun.of(FailsByChanceTwice.class);
    assertThat(run.failed())
        .hasSize(3)
        .last()
        .asString()
        .endsWith(" smallest part of one byte at a time (slice at 1,2 from server)");
    assertThat(run.reportEntries())
        .anySatisfy(
            entry ->
                assertThat(entry)
                    .startsWith(
                        "no condition is called the smallest: under each message in halves ")
                    .endsWith(" it failed while that was searched for, and then passed 3 times"));
  }

  static class FailsByChanceTwice {
    private static int runs;

    @InEveryWeather(only = {"each message in halves", "one byte at a time"})
    void pings(@ScriptedListener(PING) Listener server) throws IOException {
      runs++;
      try (Socket socket = new Socket(server.host(), server.port())) {
        send(socket, "PING\r\n");
        // Only two single bytes in a row are trouble to it.
        String first = readOnce(socket);
        String second = first.length() == 1 ? readOnce(socket) : "";
        assertThat(second.length()).isNotEqualTo(1);
      }
      assertThat(runs).as("the second run, and that after it").isNotIn(2, 3);
    }
  }

  @Test
  void a_constructor_that_fails_is_made_smaller_as_well() {
    TestRun run = TestRun.of(FailsToBeMade.class);
    assertThat(run.failed())
        .hasSize(2)
        .last()
        .asString()
        .endsWith(" smallest part of each message in halves (slice at 1 from server)");
    assertThat(run.failures().get(1).getSuppressed())
        .anySatisfy(note -> assertThat(note).hasMessageStartingWith("the smallest condition"));
  }

  static class FailsToBeMade {
    private final String answer;

    FailsToBeMade(@ScriptedListener(PING) Listener server) throws IOException {
      try (Socket socket = new Socket(server.host(), server.port())) {
        send(socket, "PING\r\n");
        answer = readOnce(socket);
        assertThat(answer).isEqualTo("PONG\r\n");
      }
    }

    @InEveryWeather(only = "each message in halves")
    void passes() {
      assertThat(answer).isNotNull();
    }
  }

  @Test
  void what_fails_in_clear_weather_too_when_it_is_run_again_has_no_smallest_condition() {
    TestRun run = TestRun.of(FailsAgain.class);
    assertThat(run.failed()).singleElement().asString().startsWith("[2] each message in halves");
    assertThat(run.finishedEvents())
        .extracting(event -> event.getTestDescriptor().getDisplayName())
        .anyMatch(name -> name.endsWith("] once more clear"))
        .noneMatch(name -> name.contains("smallest part"));
    assertThat(run.reportEntries())
        .containsExactly(
            "no condition is called the smallest: it fails when it is run again, in clear weather"
                + " too");
  }

  static class FailsAgain {
    private static int runs;

    @InEveryWeather(only = "each message in halves")
    void pings(@ScriptedListener(PING) Listener server) {
      assertThat(LineClient.ask(server, "PING")).isEqualTo("PONG");
      runs++;
      assertThat(runs).isEqualTo(1);
    }
  }

  @Test
  void what_fails_though_nothing_was_done_to_its_connections_has_no_smallest_condition() {
    TestRun run = TestRun.of(FailsUnmet.class);
    assertThat(run.failed()).singleElement().asString().startsWith("[2] each message in halves");
    assertThat(run.failure().getSuppressed())
        .anySatisfy(
            note ->
                assertThat(note)
                    .hasMessageContaining(
                        "slice at 3 from server), though nothing was done to its connections: it"
                            + " fails when it is run again; @InEveryWeather(only = "));
    assertThat(run.finishedEvents())
        .extracting(event -> event.getTestDescriptor().getDisplayName())
        .noneMatch(name -> name.contains("part of"));
  }

  static class FailsUnmet {
    private static int runs;

    @InEveryWeather(only = "each message in halves")
    void pings(@ScriptedListener(PING) Listener server) {
      runs++;
      assertThat(runs).isEqualTo(1);
      assertThat(LineClient.ask(server, "PING")).isEqualTo("PONG");
    }
  }
}
