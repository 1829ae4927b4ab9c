package dev.partyline.junit5;

import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.loopback.Client;
import dev.partyline.loopback.Listener;
import java.io.IOException;
import java.net.Socket;
import org.junit.jupiter.api.Test;

/** The weather of a listener and of a client. */
class EndpointInWeatherTest {
  private static final String GREETING = "S: hello\nC: thanks";

  @Test
  void a_test_sees_a_single_read_fail_at_a_listener_in_a_weather() {
    TestRun.of(InFields.class).assertPassed(2);
  }

  static class InFields {
    @InWeather("slice 2 from server must fire")
    @ScriptedListener(GREETING)
    Listener server;

    @Test
    void readsOnce() throws IOException {
      readInTwoPieces();
    }

    private void readInTwoPieces() throws IOException {
      try (Socket socket = new Socket(server.host(), server.port())) {
        assertThat(socket.getInputStream().read(new byte[64])).isEqualTo(2);
        assertThat(socket.getInputStream().readNBytes(5)).asString().isEqualTo("llo\r\n");
        socket.getOutputStream().write("thanks\r\n".getBytes(US_ASCII));
      }
    }

    @Test
    void isForParametersAsWell(
        @ScriptedListener(GREETING) Listener clear,
        @ScriptedClient(to = "clear", value = GREETING) @InWeather("slice 1 from client must fire")
            Client client)
        throws IOException {
      readInTwoPieces();
      assertThat(client.weather().seed()).isZero();
    }
  }

  @Test
  void what_had_to_fire_and_did_not_fails_the_test_with_the_weather() {
    assertThat(TestRun.of(Missed.class).failure())
        .hasMessageContaining(
            "the weather of @ScriptedListener parameter [server] did not hit:\n"
                + "  missed    slice 100 bytes from server must fire")
        .hasMessageContaining("  weather   slice hit nothing");
  }

  static class Missed {
    @Test
    void test(
        @ScriptedListener("C: hi\nS: hello") @InWeather("slice 100 from server must fire")
            Listener server) {
      assertThat(LineClient.ask(server, "hi")).isEqualTo("hello");
    }
  }

  @Test
  void a_failure_shows_what_the_weather_did() {
    assertThat(TestRun.of(Fails.class).failure().getSuppressed()[0])
        .hasMessageContaining("  weather   delay hit connection #1 at byte 0")
        .hasMessageContaining("  seed      7; the same seed makes the same weather again");
  }

  static class Fails {
    @Test
    void test(
        @ScriptedListener("C: hi\nS: hello") @InWeather("seed 7; delay 1ms") Listener server) {
      assertThat(LineClient.ask(server, "hi")).isEqualTo("bye");
    }
  }
}
