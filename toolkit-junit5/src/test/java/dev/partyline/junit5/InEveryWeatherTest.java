package dev.partyline.junit5;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.loopback.Client;
import dev.partyline.loopback.Listener;
import dev.partyline.loopback.Tap;
import dev.partyline.wire.Transport;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.Charset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.Event;

/** Under which conditions a test is run, and what its failures say. */
class InEveryWeatherTest {
  private static final String PING = "C: PING\nS: PONG";

  private static List<String> names(TestRun run) {
    return run.finishedEvents().stream()
        .filter(event -> event.getTestDescriptor().isTest())
        .map(event -> event.getTestDescriptor().getDisplayName().replaceFirst("\\[\\d+\\] ", ""))
        .toList();
  }

  private static String readOnce(Socket socket) throws IOException {
    byte[] room = new byte[64];
    return new String(room, 0, Math.max(0, socket.getInputStream().read(room)), US_ASCII);
  }

  private static String readAll(Socket socket, int count) throws IOException {
    return new String(socket.getInputStream().readNBytes(count), US_ASCII);
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(US_ASCII));
  }

  @Test
  void a_correct_client_passes_in_every_weather() {
    TestRun run = TestRun.of(Correct.class);
    run.assertPassed(14);
    assertThat(names(run))
        .containsExactly(
            "clear",
            "each message in halves (slice at 3 from client; slice at 3 from server)",
            "one byte at a time (slice at 1,2,3,4,5 from client; slice at 1,2,3,4,5 from server)",
            "first bytes early (slice at 1 from client; slice at 1 from server)",
            "last bytes late",
            "");
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
    assertThat(run.failures().get(0).getSuppressed())
        .anySatisfy(
            note ->
                assertThat(note)
                    .hasToString(
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
    assertThat(run.failed()).containsExactly("[2] each message in halves");
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
            "[5] first datagram of the server lost (loss of 1 from server)");
  }

  static class Datagrams {
    private static String ask(Listener server) throws IOException {
      try (DatagramSocket socket = new DatagramSocket()) {
        socket.setSoTimeout(500);
        socket.connect(server.address());
        socket.send(new DatagramPacket("PING\r\n".getBytes(US_ASCII), 6));
        DatagramPacket answer = new DatagramPacket(new byte[64], 64);
        socket.receive(answer);
        return new String(answer.getData(), 0, answer.getLength(), US_ASCII);
      }
    }

    @InEveryWeather(datagrams = true)
    void asksOnce() throws IOException {
      try (Listener server =
          Listener.playing("repeat\n  C: PING\n  S: PONG").over(Transport.UDP).start()) {
        assertThat(ask(server)).isEqualTo("PONG\r\n");
      }
    }

    @InEveryWeather
    void isInClearWeatherOtherwise() throws IOException {
      asksOnce();
    }
  }
}
