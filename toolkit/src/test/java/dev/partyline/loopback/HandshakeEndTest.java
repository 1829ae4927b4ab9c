package dev.partyline.loopback;

import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.script.Script;
import dev.partyline.script.player.EndReason;
import dev.partyline.tls.Tls;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Note;
import dev.partyline.wire.Side;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The peer ends a connection while our side is busy: in a TLS handshake, or with unsent bytes. */
@Timeout(30)
class HandshakeEndTest {
  private static final Duration SOON = Duration.ofSeconds(5);
  private static final String UPGRADE = "C: a\nS: b\ntls\nC: c\n";

  @Test
  void an_rst_in_a_handshake_ends_the_script() throws IOException {
    try (Listener listener =
        Listener.playing("C: c").tls(Tls.standard()).deadline(Duration.ofDays(1)).start()) {
      reset(connect(listener));
      assertEndsInHandshake(listener);
    }
  }

  @Test
  void an_rst_in_a_handshake_in_the_middle_of_the_script_ends_it() throws IOException {
    try (Listener listener = Listener.playing(UPGRADE).deadline(Duration.ofDays(1)).start()) {
      reset(upgrade(listener));
      assertEndsInHandshake(listener);
    }
  }

  @Test
  void an_rst_ends_a_script_whose_bytes_the_peer_has_not_taken() throws IOException {
    String flood = "C: go\nrepeat 4000\n  S: " + "x".repeat(4_096) + "\nC: done\n";
    try (Listener listener = Listener.playing(flood).deadline(Duration.ofDays(1)).start()) {
      Socket client = connect(listener);
      client.getOutputStream().write("go\r\n".getBytes(US_ASCII));
      listener.recording().awaitIdle(Duration.ofMillis(100), SOON);
      reset(client);
      assertEndsWith(listener, EndReason.PEER_RESET);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"pause 1000m", "await go"})
  void an_rst_ends_a_script_that_waits_for_a_time_or_a_mark(String wait) throws IOException {
    Script script = Script.parse("C: go\n" + wait + "\nS: late\n");
    try (Listener listener = Listener.playing(script).deadline(Duration.ofDays(1)).start()) {
      Socket client = connect(listener);
      client.getOutputStream().write("go\r\n".getBytes(US_ASCII));
      assertThat(listener).within(SOON).client().sentLine("go");
      reset(client);
      assertEndsWith(listener, EndReason.PEER_RESET);
    }
  }

  @Test
  void an_rst_that_comes_early_is_the_one_that_is_expected_after_a_pause() throws IOException {
    try (Listener listener = Listener.playing("C: go\npause 1000m\nC! reset\n").start()) {
      Socket client = connect(listener);
      client.getOutputStream().write("go\r\n".getBytes(US_ASCII));
      assertThat(listener).within(SOON).client().sentLine("go");
      reset(client);
      assertThat(listener).within(SOON).finishedScript();
    }
  }

  @Test
  void a_fin_in_a_handshake_is_the_clients() throws IOException {
    try (Listener listener = Listener.playing(UPGRADE).start()) {
      upgrade(listener).close();
      assertThat(listener).within(SOON).connection(1).closedBy(Side.CLIENT);
      assertEndsWith(listener, EndReason.HANDSHAKE_FAILED);
      Conversation conversation = listener.recording().conversations().get(0);
      assertThat(conversation.notes().stream().map(Note::text))
          .containsExactly(
              "TLS failed: the client closed the connection in the middle of the handshake");
    }
  }

  private static void assertEndsInHandshake(Listener listener) {
    assertEndsWith(listener, EndReason.HANDSHAKE_FAILED);
    assertThat(listener.runs().get(0).problem())
        .isEqualTo("the client reset the connection in the middle of the handshake");
    assertThat(listener.recording().conversations().get(0).ledger().get(0).cause())
        .isEqualTo("in the TLS handshake");
    assertThat(listener).connection(1).wasResetBy(Side.CLIENT);
  }

  private static void assertEndsWith(Listener listener, EndReason reason) {
    assertThat(
            listener
                .recording()
                .await(
                    () ->
                        !listener.runs().isEmpty()
                            && listener.runs().get(0).endReason().isPresent(),
                    SOON))
        .isTrue();
    assertThat(listener.runs().get(0).endReason()).contains(reason);
  }

  private static Socket connect(Listener listener) throws IOException {
    return new Socket(listener.host(), listener.port());
  }

  private static Socket upgrade(Listener listener) throws IOException {
    Socket client = connect(listener);
    client.getOutputStream().write("a\r\n".getBytes(US_ASCII));
    assertThat(client.getInputStream().readNBytes(3)).asString(US_ASCII).isEqualTo("b\r\n");
    return client;
  }

  private static void reset(Socket client) throws IOException {
    client.setSoLinger(true, 0);
    client.close();
  }
}
