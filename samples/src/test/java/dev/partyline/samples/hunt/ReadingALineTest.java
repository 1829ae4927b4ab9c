package dev.partyline.samples.hunt;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.junit5.InEveryWeather;
import dev.partyline.junit5.InWeather;
import dev.partyline.junit5.ScriptedListener;
import dev.partyline.loopback.Listener;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import org.junit.jupiter.api.Test;

/** A client that reads until the line has ended, in the weather in which another one failed. */
class ReadingALineTest {
  /** Asks a server that answers each line by a line. */
  record PatientClient(int port) {
    String ask(String question) throws IOException {
      try (Socket socket = new Socket("127.0.0.1", port)) {
        socket.getOutputStream().write((question + "\r\n").getBytes(US_ASCII));
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII))
            .readLine();
      }
    }
  }

  // tag::pinned[]
  @Test
  void anAnswerInTwoPiecesIsOneAnswer(
      @ScriptedListener("C: PING\nS: PONG") @InWeather("slice at 1 from server must fire")
          Listener server)
      throws IOException {
    assertThat(new PatientClient(server.port()).ask("PING")).isEqualTo("PONG");
  }

  // end::pinned[]

  @InEveryWeather
  void anAnswerIsReadInEveryWeather(@ScriptedListener("C: PING\nS: PONG") Listener server)
      throws IOException {
    assertThat(new PatientClient(server.port()).ask("PING")).isEqualTo("PONG");
  }
}
