package dev.partyline.loopback;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partyline.script.player.EndReason;
import dev.partyline.wire.Event;
import dev.partyline.wire.Side;
import dev.partyline.wire.Termination;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An RST is noticed by a listener or client that does not read, or has read a FIN before. */
@SuppressWarnings("try")
@Timeout(60)
class UnreadResetTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  @Test
  void by_a_listener_that_never_reads() throws IOException {
    try (Listener listener = Listener.neverReading().start()) {
      resetAfter("hello", listener);
      listener.recording().awaitClosed(SOON);
      assertThat(listener.recording().conversations().get(0).resetBy()).contains(Side.CLIENT);
      assertThat(listener.recording().byteCount(Side.CLIENT))
          .as("what the client sent before that is read")
          .isEqualTo(5);
    }
  }

  @Test
  void by_a_script_that_stalls() throws IOException {
    try (Listener listener = Listener.playing("C: a\nS! stall\nawait never\n").start()) {
      resetAfter("a\r\nmore", listener);
      listener.recording().awaitClosed(SOON);
      assertThat(listener.recording().conversations().get(0).resetBy()).contains(Side.CLIENT);
      assertThat(listener.runs().get(0).done()).as("no mark matters any more").isTrue();
    }
  }

  @Test
  void by_a_script_that_has_taken_a_fin() throws IOException {
    String script = "C: a\nC! finish\nS: b\nmark answered\nC! reset\n";
    try (Listener listener = Listener.playing(script).start();
        Socket client = new Socket(listener.host(), listener.port())) {
      client.getOutputStream().write("a\r\n".getBytes(US_ASCII));
      client.shutdownOutput();
      assertThat(client.getInputStream().readNBytes(3)).hasSize(3);
      client.setSoLinger(true, 0);
      client.close();
      listener.recording().awaitClosed(SOON);
      assertThat(listener.runs().get(0).endReason()).contains(EndReason.FINISHED);
      assertThat(listener.recording().conversations().get(0).ledger())
          .filteredOn(termination -> termination.side() == Side.CLIENT)
          .extracting(Termination::kind)
          .containsExactly(Termination.Kind.FIN, Termination.Kind.RST);
      ScriptEndTest.assertFollowsLikewise(listener);
    }
  }

  @Test
  void by_a_client_after_the_fin_of_its_server() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Client client = Client.to(server.getLocalSocketAddress()).start()) {
      try (Socket accepted = server.accept()) {
        accepted.shutdownOutput();
        assertThat(client.readToEnd().isEmpty()).isTrue();
        accepted.setSoLinger(true, 0);
      }
      client.recording().awaitClosed(SOON);
      assertThat(client.conversation().resetBy()).contains(Side.SERVER);
      assertThatThrownBy(() -> client.send("x")).hasMessageContaining("the peer has sent an RST");
    }
  }

  @Test
  void a_peer_that_is_only_silent_stays_connected() throws Exception {
    try (Listener listener = Listener.neverReading().start();
        Socket client = new Socket(listener.host(), listener.port())) {
      client.getOutputStream().write(1);
      client.shutdownOutput();
      assertThat(
              listener
                  .recording()
                  .await(
                      () -> listener.recording().byteCount(Side.CLIENT) > 0,
                      Duration.ofMillis(200)))
          .as("nothing is read")
          .isFalse();
      assertThat(listener.recording().conversations().get(0).isOpen()).isTrue();
      assertThat(listener.recording().conversations().get(0).events())
          .noneMatch(Event.Rst.class::isInstance);
    }
  }

  private static void resetAfter(String text, Listener listener) throws IOException {
    try (Socket client = new Socket(listener.host(), listener.port())) {
      client.getOutputStream().write(text.getBytes(US_ASCII));
      assertThat(listener.recording().await(() -> listener.recording().connections() == 1, SOON))
          .isTrue();
      client.setSoLinger(true, 0);
    }
  }
}
