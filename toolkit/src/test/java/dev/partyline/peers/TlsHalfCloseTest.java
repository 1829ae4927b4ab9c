package dev.partyline.peers;

import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partyline.loopback.Client;
import dev.partyline.loopback.Listener;
import dev.partyline.loopback.ListenerSpec;
import dev.partyline.script.Script;
import dev.partyline.script.player.EndReason;
import dev.partyline.script.transcript.Transcript;
import dev.partyline.tls.Tls;
import dev.partyline.wire.Side;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Test;

/** TLS 1.3 has a half close; TLS 1.2 has none, and what is lost because of that is told. */
class TlsHalfCloseTest {
  private static final Duration SOON = ofSeconds(30);
  private static final String NO_HALF_CLOSE =
      "TLS 1.2 has no half close, so that a close_notify ends both directions (RFC 5246, 7.2.1)";

  private static final Script UPLOAD =
      Script.parse("C: report\nC! finish\nS: received\nS! close\n");

  private static Tls tls(String version) {
    return Tls.standard().protocols(version);
  }

  private static Listener playing(Script script, String version) {
    return Listener.playing(script).deadline(SOON).tls(tls(version)).start();
  }

  private static Client client(Listener listener, String version) {
    return Client.to(listener.address()).deadline(SOON).tls(tls(version)).start();
  }

  @Test
  void under_tls_1_3_the_answer_comes_after_the_end_of_the_request() {
    try (Listener server = playing(UPLOAD, "TLSv1.3");
        Client client = client(server, "TLSv1.3")) {
      client.sendLine("report");
      client.shutdownOutput();
      client.expectLine("received");
      assertThat(server).within(SOON).finishedScript();
      assertThat(Transcript.exact(client.recording()).toString()).doesNotContain("half close");
    }
  }

  @Test
  void a_script_that_answers_an_ssl_socket_that_has_closed_is_told_that_nothing_can_be_sent()
      throws Exception {
    try (Listener server = playing(UPLOAD, "TLSv1.3")) {
      SSLSocketFactory sockets = tls("TLSv1.3").trust().context().getSocketFactory();
      try (Socket socket = sockets.createSocket(server.host(), server.port())) {
        socket.getOutputStream().write("report\r\n".getBytes(StandardCharsets.UTF_8));
      }
      assertThat(server).within(SOON).endedBecause(EndReason.PEER_FIN);
      assertThat(server.runs().get(0).problem())
          .isEqualTo(
              "the server cannot send this any more: the peer has closed both directions: it sent"
                  + " user_canceled before its close_notify, as SSLSocket.close() does");
      assertThat(server.recording().conversations().get(0).byteCount(Side.SERVER)).isZero();
    }
  }

  @Test
  void a_script_that_answers_a_close_notify_of_tls_1_2_fails_by_the_fin_of_its_peer() {
    try (Listener server = playing(UPLOAD, "TLSv1.2");
        Client client = client(server, "TLSv1.2")) {
      client.sendLine("report");
      client.shutdownOutput();
      assertThat(server).within(SOON).endedBecause(EndReason.PEER_FIN);
      assertThat(server.runs().get(0).problem())
          .isEqualTo("the server cannot send this any more: " + NO_HALF_CLOSE);
      assertThat(server.recording().conversations().get(0).byteCount(Side.SERVER)).isZero();
    }
  }

  @Test
  void a_script_that_expects_more_after_its_own_close_notify_of_tls_1_2_is_told_why() {
    Script receiving = Script.parse("C: report\nC! finish\nS! close\n");
    try (Listener server = playing(receiving, "TLSv1.2");
        Client client =
            Client.to(server.address())
                .playing(UPLOAD)
                .deadline(SOON)
                .tls(tls("TLSv1.2"))
                .start()) {
      assertThat(client).within(SOON).endedBecause(EndReason.PEER_FIN);
      assertThat(client.runs().get(0).problem()).isEqualTo("the server sent FIN: " + NO_HALF_CLOSE);
      assertThat(server).within(SOON).finishedScript();
    }
  }

  @Test
  void a_handler_that_answers_a_close_notify_of_tls_1_2_is_told_what_it_is() throws Exception {
    CompletableFuture<AssertionError> failure = new CompletableFuture<>();
    ListenerSpec spec =
        Listener.handling(
                connection -> {
                  connection.readToEnd();
                  try {
                    connection.sendLine("received");
                    failure.cancel(false);
                  } catch (AssertionError e) {
                    failure.complete(e);
                  }
                  connection.shutdownOutput();
                })
            .deadline(SOON)
            .tls(tls("TLSv1.2"));
    try (Listener server = spec.start();
        Client client = client(server, "TLSv1.2")) {
      client.sendLine("report");
      client.shutdownOutput();
      assertThat(failure.get(SOON.toSeconds(), TimeUnit.SECONDS))
          .hasMessageStartingWith("cannot send on connection 1: " + NO_HALF_CLOSE)
          .hasMessageNotContaining("agree");
      assertThat(client.readToEnd().isEmpty()).isTrue();
      assertThat(Transcript.exact(client.recording()).toString()).contains("# ", NO_HALF_CLOSE);
    }
  }

  @Test
  void what_waits_for_room_when_the_peer_ends_tls_1_2_is_lost_and_told() {
    ListenerSpec spec =
        Listener.handling(
                connection ->
                    assertThatThrownBy(() -> connection.send("x".repeat(16 << 20)))
                        .isInstanceOf(AssertionError.class)
                        .hasMessageContaining(NO_HALF_CLOSE)
                        .hasMessageNotContaining("agree"))
            .deadline(SOON)
            .tls(tls("TLSv1.2"));
    try (Listener server = spec.start();
        Client client = client(server, "TLSv1.2")) {
      server.recording().awaitBytes(Side.SERVER, 1, SOON);
      client.shutdownOutput();
      server.recording().awaitClosed(SOON);
    }
  }
}
