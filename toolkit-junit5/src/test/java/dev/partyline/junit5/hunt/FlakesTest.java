package dev.partyline.junit5.hunt;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.junit5.ScriptedListener;
import dev.partyline.junit5.TestRun;
import dev.partyline.junit5.UntilItFails;
import dev.partyline.loopback.Listener;
import java.io.IOException;
import java.net.Socket;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is told of tests that fail once in many runs. */
class FlakesTest {
  private static String told(Class<?> test) {
    TestRun run = TestRun.of(test);
    assertThat(run.failed()).containsExactly("run 13 of 200");
    return Stream.of(run.failure().getSuppressed())
        .map(each -> String.valueOf(each.getMessage()))
        .filter(text -> text.startsWith("run 13 of 200: "))
        .collect(Collectors.joining());
  }

  private static Socket connect(Listener server) throws IOException {
    return new Socket(server.host(), server.port());
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(US_ASCII));
  }

  private static String read(Socket socket, int count) throws IOException {
    return new String(socket.getInputStream().readNBytes(count), US_ASCII);
  }

  @Test
  void a_close_that_overtakes_the_reply_is_told_as_the_first_event_that_is_different() {
    ClosesEarly.runs = new RareRun(13);
    assertThat(told(ClosesEarly.class))
        .startsWith("run 13 of 200: what it did and none of 12 passing runs did:\n")
        .contains(
            "event 3 of connection 1: 12 passing runs had `C sends PING\\r\\n` there, this one had"
                + " FIN of the client");
    assertThat(ClosesEarly.runs.count()).isEqualTo(13);
  }

  /** A client that has two threads, of which one closes what the other one reads. */
  static class ClosesEarly {
    private static RareRun runs = new RareRun(0);

    @UntilItFails
    void pings(@ScriptedListener("C: HELO\nS: OK\nC: PING\nS: PONG\nC! finish") Listener server)
        throws IOException {
      boolean isRare = runs.next();
      try (Socket socket = connect(server)) {
        send(socket, "HELO\r\n");
        assertThat(read(socket, 4)).isEqualTo("OK\r\n");
        if (isRare) {
          socket.shutdownOutput();
        } else {
          send(socket, "PING\r\n");
        }
        assertThat(read(socket, 6)).isEqualTo("PONG\r\n");
      }
    }
  }

  @Test
  void an_order_of_two_connections_that_no_run_had_is_told() {
    Accounts.runs = new RareRun(13);
    assertThat(told(Accounts.class))
        .contains("`C sends SUM\\r\\n` (event 1 of connection 1 of `sums`) came ");
  }

  /** Two connections to one server whose answer depends on which of them it reads first. */
  static class Accounts {
    private static RareRun runs = new RareRun(0);

    @UntilItFails
    void adds(
        @ScriptedListener("C: ADD\nmark added\nS: ok") Listener adds,
        @ScriptedListener("C: SUM\nS: 1") Listener sums)
        throws IOException {
      boolean isRare = runs.next();
      try (Socket first = connect(adds);
          Socket second = connect(sums)) {
        if (isRare) {
          send(second, "SUM\r\n");
          assertThat(read(second, 3)).isEqualTo("1\r\n");
        }
        send(first, "ADD\r\n");
        assertThat(read(first, 4)).isEqualTo("ok\r\n");
        assertThat(isRare).as("the sum was asked for too early").isFalse();
        send(second, "SUM\r\n");
        assertThat(read(second, 3)).isEqualTo("1\r\n");
      }
    }
  }

  @Test
  void an_answer_that_comes_too_late_is_told_with_the_times_of_the_others() {
    TimesOut.runs = new RareRun(13);
    assertThat(told(TimesOut.class))
        .containsPattern(
            "event 2 of connection 1: 12 passing runs had `S sends PONG\\\\r\\\\n` there, this one had"
                + " (FIN of the client|nothing more)")
        .containsPattern(
            "\\d+ ms passed (before|after) .*in (12 )?passing runs [\\d.]+ ms \\(median\\)");
  }

  /** A handler that is slow, and a client that does not wait that long. */
  static class TimesOut {
    private static RareRun runs = new RareRun(0);

    @UntilItFails
    void asks() throws IOException {
      String pause = runs.next() ? "pause 5s\n" : "";
      try (Listener server = Listener.playing("C: PING\n" + pause + "S: PONG\nC! finish").start();
          Socket socket = connect(server)) {
        socket.setSoTimeout(1_000);
        send(socket, "PING\r\n");
        assertThat(read(socket, 6)).isEqualTo("PONG\r\n");
      }
    }
  }

  @Test
  void a_failure_that_no_connection_shows_is_told_as_one() {
    Unrelated.runs = new RareRun(13);
    assertThat(told(Unrelated.class))
        .contains("on the wire it did what passing runs did: look at ");
  }

  static class Unrelated {
    private static RareRun runs = new RareRun(0);

    @UntilItFails
    void fails(@ScriptedListener("C: PING\nS: PONG\nC! finish\nS! close") Listener server)
        throws IOException {
      boolean isRare = runs.next();
      try (Socket socket = connect(server)) {
        send(socket, "PING\r\n");
        assertThat(read(socket, 6)).isEqualTo("PONG\r\n");
        socket.shutdownOutput();
        assertThat(read(socket, 1)).isEmpty();
      }
      assertThat(isRare).isFalse();
    }
  }
}
