package dev.partyline.junit5;

import static dev.partyline.junit5.SocketText.readAll;
import static dev.partyline.junit5.SocketText.readOnce;
import static dev.partyline.junit5.SocketText.send;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.loopback.Listener;
import dev.partyline.loopback.Tap;
import dev.partyline.wire.Transport;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Socket;
import java.util.List;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Under which conditions a test is run, and what its failures say. */
class InEveryWeatherTest {
  private static final String PING = "C: PING\nS: PONG";

  private static List<String> names(TestRun run) {
    return run.finishedEvents().stream()
        .filter(event -> event.getTestDescriptor().isTest())
        .map(event -> event.getTestDescriptor().getDisplayName().replaceFirst("\\[\\d+\\] ", ""))
        .toList();
  }

  @Test
  void a_correct_client_passes_in_every_weather() {
    TestRun run = TestRun.of(Correct.class);
    assertThat(run.failures()).isEmpty();
    assertThat(names(run))
        .containsExactly(
            "clear",
            "each message in halves (slice at 3 from client; slice at 3 from server)",
            "one byte at a time (slice at 1,2,3,4,5 from client; slice at 1,2,3,4,5 from server)",
            "first bytes early (slice at 1 from client; slice at 1 from server)",
            "between CR and LF (slice at 5 from client; slice at 5 from server)",
            names(run).get(5),
            names(run).get(6),
            names(run).get(7),
            "everything together (coalesce 20ms)",
            "late server (delay 50ms from server)",
            "late client (delay 50ms from client)",
            "late end of the server (slow close 100ms from server)",
            "late end of the client (slow close 100ms from client)",
            "slow reading by the server (slow read 100ms from client)",
            "slow reading by the client (slow read 100ms from server)");
    assertThat(names(run).subList(5, 8)).allMatch(name -> name.startsWith("random pieces "));
  }

  static class Correct {
    @ScriptedListener(PING)
    Listener server;

    @InEveryWeather
    void pings() throws IOException {
      try (Socket socket = new Socket(server.host(), server.port())) {
        send(socket, "PING\r\n");
        assertThat(readAll(socket, 6)).isEqualTo("PONG\r\n");
      }
    }
  }

  @Test
  void a_client_that_takes_one_read_for_one_message_fails_where_its_answer_is_cut() {
    TestRun run = TestRun.of(ReadsOnce.class);
    assertThat(run.failed())
        .contains("[2] each message in halves (slice at 3 from client; slice at 3 from server)")
        .noneMatch(name -> name.contains("clear") || name.contains("late server"));
    assertThat(run.failures().get(1).getSuppressed())
        .anySatisfy(
            note ->
                assertThat(note.getMessage())
                    .startsWith(
                        """
                        the smallest condition under which it fails: slice at 1 from server
                          what the server sends is sliced before byte 1, between P and ONG\\r\\n; a \
                        slice before any of the bytes 1 to 5 does it as well
                          found in\s""")
                    .contains("@InWeather(\"slice at 1 from server\") beside @Tapped"));
    assertThat(run.failures().get(0).getSuppressed())
        .anySatisfy(
            note ->
                assertThat(note)
                    .hasMessage(
                        "it passed in clear weather, and failed under the condition each message in"
                            + " halves (slice at 3 from client; slice at 3 from server);"
                            + " @InEveryWeather(only = \"each message in halves\") runs it under"
                            + " this one alone"));
  }

  static class ReadsOnce {
    @ScriptedListener(PING)
    Listener server;

    @InEveryWeather
    void pings() throws IOException {
      try (Socket socket = new Socket(server.host(), server.port())) {
        send(socket, "PING\r\n");
        assertThat(readOnce(socket)).isEqualTo("PONG\r\n");
      }
    }
  }

  @Test
  void what_a_test_starts_in_code_has_the_condition() {
    TestRun run = TestRun.of(InCode.class);
    assertThat(run.failed())
        .containsExactly(
            "[2] each message in halves (slice at 3 from client; slice at 3 from server)",
            "[13] smallest part of each message in halves (slice at 1 from server)");
  }

  static class InCode {
    @InEveryWeather(only = "each message in halves")
    void pings() throws IOException {
      try (Listener server = Listener.playing(PING).start();
          Tap tap = Tap.to(server).start();
          Socket socket = new Socket(tap.host(), tap.port())) {
        send(socket, "PING\r\n");
        assertThat(readOnce(socket)).isEqualTo("PONG\r\n");
      }
    }
  }

  @Test
  void a_test_that_fails_in_clear_weather_is_not_run_again() {
    assertThat(names(TestRun.of(FailsInClear.class))).containsExactly("clear");
  }

  static class FailsInClear {
    @InEveryWeather
    void fails(@ScriptedListener(PING) Listener server) {
      assertThat(LineClient.ask(server, "PING")).isEqualTo("pong");
    }
  }

  @Test
  void datagrams_are_lost_only_if_that_is_asked_for() {
    assertThat(TestRun.of(Datagrams.class).failed())
        .containsExactly(
            "[2] first datagram of the client lost (loss of 1 from client)",
            "[5] smallest part of first datagram of the client lost (loss of 1 from client)",
            "[8] first datagram of the server lost (loss of 1 from server)");
  }

  static class Datagrams {
    private static String ask(Listener server) throws IOException {
      return askWithin(server, 500);
    }

    private static String askWithin(Listener server, int timeoutMillis) throws IOException {
      try (DatagramSocket socket = new DatagramSocket()) {
        socket.setSoTimeout(timeoutMillis);
        socket.connect(server.address());
        socket.send(new DatagramPacket("PING\r\n".getBytes(US_ASCII), 6));
        DatagramPacket answer = new DatagramPacket(new byte[64], 64);
        socket.receive(answer);
        return new String(answer.getData(), 0, answer.getLength(), US_ASCII);
      }
    }

    @InEveryWeather(datagrams = true)
    void asksOnce() throws IOException {
      pingOnce();
    }

    private static void pingOnce() throws IOException {
      try (Listener server =
          Listener.playing("repeat\n  C: PING\n  S: PONG").over(Transport.UDP).start()) {
        assertThat(ask(server)).isEqualTo("PONG\r\n");
      }
    }

    @InEveryWeather
    void isInClearWeatherOtherwise() throws IOException {
      pingOnce();
    }
  }

  @Test
  void a_condition_that_it_has_not_is_named_with_those_that_it_has() {
    assertThat(TestRun.of(UnknownName.class).failure())
        .hasMessageContaining(
            "@InEveryWeather method [pings] names the condition \"fog\", which it has not; it has"
                + " \"each message in halves\", \"one byte at a time\"");
  }

  static class UnknownName {
    @InEveryWeather(except = "fog")
    void pings(@ScriptedListener(PING) Listener server) {
      assertThat(LineClient.ask(server, "PING")).isEqualTo("PONG");
    }
  }

  @Test
  void a_condition_that_another_test_may_have_can_be_left_out_everywhere() {
    TestRun run = TestRun.of(WithoutCharacters.class);
    assertThat(run.failures()).isEmpty();
    assertThat(names(run)).hasSizeGreaterThan(2).doesNotContain("inside characters");
  }

  static class WithoutCharacters {
    @InEveryWeather(except = {"inside characters", "first datagram of the client lost"})
    void pings(@ScriptedListener(PING) Listener server) {
      assertThat(LineClient.ask(server, "PING")).isEqualTo("PONG");
    }
  }

  @Test
  void a_test_without_a_connection_is_an_error() {
    assertThat(TestRun.of(NoConnection.class).failure())
        .hasMessageContaining("had no connection of a listener, client or tap of its own");
  }

  static class NoConnection {
    @InEveryWeather
    void test() {}
  }

  @Test
  void a_test_has_conditions_of_its_own_and_what_fails_by_chance_is_not_made_smaller() {
    TestRun run = TestRun.of(ByChance.class);
    assertThat(names(run)).containsExactly("clear", "delay 1ms", "part of delay 1ms");
    assertThat(run.failed()).containsExactly("[2] delay 1ms");
  }

  static class ByChance {
    private static int runs;

    @InEveryWeather(more = "delay 1ms", only = "delay 1ms")
    void fails(@ScriptedListener(PING) Listener server) {
      assertThat(LineClient.ask(server, "PING")).isEqualTo("PONG");
      runs++;
      assertThat(runs).isNotEqualTo(2);
    }
  }

  @Test
  void a_preset_is_a_condition_over_tcp_and_udp() {
    TestRun run = TestRun.of(Presets.class);
    assertThat(run.failures()).isEmpty();
    assertThat(names(run))
        .containsExactly(
            "clear",
            "wifi (delay 1ms; rate 3750KB/s from server; rate 1875KB/s from client)",
            "lossy (packet loss 10%)",
            "clear",
            "satellite (delay 300ms; rate 125KB/s from server; rate 32KB/s from client)");
  }

  @TestMethodOrder(MethodOrderer.MethodName.class)
  static class Presets {
    @InEveryWeather(
        more = {"wifi", "lossy"},
        only = {"wifi", "lossy"})
    void overTcp(@ScriptedListener(PING) Listener server) {
      assertThat(LineClient.ask(server, "PING")).isEqualTo("PONG");
    }

    @InEveryWeather(more = "satellite", only = "satellite")
    void overUdp() throws IOException {
      try (Listener server = Listener.playing(PING).over(Transport.UDP).start()) {
        assertThat(Datagrams.askWithin(server, 5_000)).isEqualTo("PONG\r\n");
      }
    }
  }
}
