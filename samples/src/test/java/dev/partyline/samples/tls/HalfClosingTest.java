package dev.partyline.samples.tls;

import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partyline.loopback.Listener;
import dev.partyline.script.player.EndReason;
import dev.partyline.tls.Tls;
import java.io.IOException;
import java.net.Socket;
import org.junit.jupiter.api.Test;

/** Under TLS 1.3 each direction ends by itself; under TLS 1.2 both end at once. */
class HalfClosingTest {
  private static final String UPLOAD = "C: report\nC! finish\nS: received\nS! close\n";

  @Test
  void theAnswerComesAfterTheEndOfTheRequest() throws IOException {
    try (Listener server = Listener.playing(UPLOAD).tls(Tls.standard()).start()) {
      assertThat(upload(server)).isEqualTo("received\r\n");
      assertThat(server).within(ofSeconds(5)).finishedScript();
    }
  }

  @Test
  void underTls12TheAnswerCannotBeSent() {
    Tls old = Tls.standard().protocols("TLSv1.2");
    try (Listener server = Listener.playing(UPLOAD).tls(old).start()) {
      assertThatThrownBy(() -> upload(server)).isInstanceOf(IOException.class);
      assertThat(server).within(ofSeconds(5)).endedBecause(EndReason.PEER_FIN);
      assertThat(server.runs().get(0).problem()).contains("TLS 1.2", "no half close");
    }
  }

  private static String upload(Listener server) throws IOException {
    try (Socket socket =
        Tls.standard()
            .trust()
            .context()
            .getSocketFactory()
            .createSocket(server.host(), server.port())) {
      socket.getOutputStream().write("report\r\n".getBytes(UTF_8));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }
}
