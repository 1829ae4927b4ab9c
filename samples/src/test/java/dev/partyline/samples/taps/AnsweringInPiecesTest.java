package dev.partyline.samples.taps;

import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.junit5.InWeather;
import dev.partyline.junit5.ScriptedListener;
import dev.partyline.loopback.Listener;
import java.io.IOException;
import java.net.Socket;
import org.junit.jupiter.api.Test;

/** A listener whose answer arrives in pieces, without a tap. */
class AnsweringInPiecesTest {
  // tag::weather-without-tap[]
  @InWeather("slice at 3 from server must fire")
  @ScriptedListener(
      """
      C: PING
      S: PONG
      """)
  private Listener server;

  @Test
  void anAnswerInTwoPiecesIsOneAnswer() throws IOException {
    try (Socket socket = new Socket(server.host(), server.port())) {
      socket.getOutputStream().write("PING\r\n".getBytes(US_ASCII));
      assertThat(socket.getInputStream().readNBytes(6)).asString(US_ASCII).isEqualTo("PONG\r\n");
    }
    assertThat(server.weather()).hasHit("slice", 1);
  }
  // end::weather-without-tap[]
}
