package dev.partyline.loopback;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.partyline.script.Script;
import dev.partyline.script.player.EndReason;
import dev.partyline.script.player.ScriptMatch;
import dev.partyline.script.player.ScriptRun;
import dev.partyline.script.player.ScriptedPeer;
import dev.partyline.tls.Tls;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Event;
import dev.partyline.wire.Side;
import dev.partyline.wire.Termination;
import dev.partyline.wire.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What counts when a script ends the connection, and what is recorded after that. */
@SuppressWarnings("try")
@Timeout(60)
class ScriptEndTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String CLOSING = "C| GET /\nS: bye\nS! close\n";

  @ParameterizedTest
  @ValueSource(strings = {"close", "reset"})
  void bytes_in_the_segment_of_the_last_line_fail_the_script(String end) throws IOException {
    try (Listener listener = Listener.playing("C| GET /\nS: bye\nS! " + end).start();
        Socket client = connect(listener)) {
      send(client, "GET /admin");
      assertThat(awaitEnd(listener).endReason()).contains(EndReason.EXTRA_BYTES);
      assertFollowsLikewise(listener);
    }
  }

  @Test
  void bytes_in_a_later_segment_before_our_fin_fail_the_script() throws IOException {
    String script = "C| GET /\nS: bye\nawait go\nS! close\n";
    try (Listener listener = Listener.playing(script).start();
        Socket client = connect(listener)) {
      send(client, "GET /");
      client.getInputStream().readNBytes(5);
      send(client, "admin");
      listener.drainInput();
      listener.marks().mark("go");
      assertThat(awaitEnd(listener).endReason()).contains(EndReason.EXTRA_BYTES);
      assertFollowsLikewise(listener);
    }
  }

  @Test
  void bytes_after_our_fin_fail_the_script_and_are_answered_by_an_rst() throws IOException {
    try (Listener listener = Listener.playing(CLOSING).start();
        Socket client = connect(listener)) {
      send(client, "GET /");
      assertThat(client.getInputStream().readAllBytes()).asString(US_ASCII).isEqualTo("bye\r\n");
      assertThat(run(listener).done()).isTrue();
      send(client, "admin");
      awaitFailure(listener);
      assertThat(run(listener).endReason()).contains(EndReason.EXTRA_BYTES);
      assertThat(conversation(listener).resetBy()).contains(Side.SERVER);
      assertFollowsLikewise(listener);
    }
  }

  @Test
  void bytes_that_were_sent_before_the_test_ends_count_even_if_they_were_not_read_yet()
      throws IOException {
    try (Listener listener = Listener.playing(CLOSING).start();
        Socket client = connect(listener)) {
      send(client, "GET /");
      client.getInputStream().readAllBytes();
      send(client, "admin");
      listener.close();
      assertThat(run(listener).endReason()).contains(EndReason.EXTRA_BYTES);
      assertFollowsLikewise(listener);
    }
  }

  @Test
  void the_fin_of_the_peer_is_recorded_after_close() throws IOException {
    try (Listener listener = Listener.playing(CLOSING).start()) {
      try (Socket client = connect(listener)) {
        send(client, "GET /");
        client.getInputStream().readAllBytes();
        assertThat(conversation(listener).isOpen()).isTrue();
      }
      listener.recording().awaitClosed(SOON);
      assertThat(conversation(listener).endEvent(Side.CLIENT)).containsInstanceOf(Event.Fin.class);
      assertThat(conversation(listener).closedFirst()).contains(Side.SERVER);
      assertThat(run(listener).endReason()).contains(EndReason.FINISHED);
      assertFollowsLikewise(listener);
    }
  }

  @Test
  void the_rst_of_the_peer_is_recorded_after_close() throws IOException {
    try (Listener listener = Listener.playing(CLOSING).start()) {
      try (Socket client = connect(listener)) {
        send(client, "GET /");
        client.getInputStream().readAllBytes();
        client.setSoLinger(true, 0);
      }
      listener.recording().awaitClosed(SOON);
      assertThat(conversation(listener).resetBy()).contains(Side.CLIENT);
      assertThat(run(listener).endReason()).contains(EndReason.FINISHED);
      assertFollowsLikewise(listener);
    }
  }

  @Test
  void a_peer_that_never_sends_a_fin_is_closed_after_the_deadline() throws IOException {
    try (Listener listener = Listener.playing(CLOSING).deadline(Duration.ofMillis(50)).start();
        Socket client = connect(listener)) {
      send(client, "GET /");
      listener.recording().awaitClosed(SOON);
      assertThat(conversation(listener).isOpen()).isFalse();
      assertThat(conversation(listener).endEvent(Side.CLIENT)).isEmpty();
      assertThat(run(listener).endReason()).contains(EndReason.FINISHED);
      assertThat(client.getInputStream().readAllBytes()).asString(US_ASCII).isEqualTo("bye\r\n");
      assertFollowsLikewise(listener);
    }
  }

  @Test
  void a_fin_that_the_script_expects_after_close_must_come() throws IOException {
    String script = CLOSING + "C! finish";
    try (Listener listener = Listener.playing(script).deadline(Duration.ofMillis(50)).start();
        Socket client = connect(listener)) {
      send(client, "GET /");
      assertThat(awaitEnd(listener).endReason()).contains(EndReason.TIMED_OUT);
      assertFollowsLikewise(listener);
    }
  }

  @Test
  void any_lines_take_what_comes_after_close() throws IOException {
    try (Listener listener = Listener.playing(CLOSING + "C: ...").start()) {
      try (Socket client = connect(listener)) {
        send(client, "GET /");
        client.getInputStream().readAllBytes();
        send(client, "admin");
      }
      listener.recording().awaitClosed(SOON);
      assertThat(conversation(listener).byteCount(Side.CLIENT)).isEqualTo(10);
      assertThat(run(listener).endReason()).contains(EndReason.FINISHED);
      assertFollowsLikewise(listener);
    }
  }

  @Test
  void a_stalled_player_closes_at_once() throws IOException {
    try (Listener listener = Listener.playing("C: a\nS! stall\nawait go\nS! close").start();
        Socket client = connect(listener)) {
      send(client, "a\r\nmore");
      listener.drainInput();
      listener.marks().mark("go");
      listener.recording().awaitClosed(SOON);
      assertThat(run(listener).endReason()).contains(EndReason.FINISHED);
      assertFollowsLikewise(listener);
    }
  }

  @Test
  void a_client_that_closes_reads_on_too() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Client client =
            Client.to(server.getLocalSocketAddress()).playing("S: hi\nC: QUIT\nC! close").start();
        Socket accepted = server.accept()) {
      send(accepted, "hi\r\n");
      assertThat(accepted.getInputStream().readAllBytes()).asString(US_ASCII).isEqualTo("QUIT\r\n");
      assertThat(run(client).done()).isTrue();
      send(accepted, "one more thing");
      awaitFailure(client);
      assertThat(run(client).endReason()).contains(EndReason.EXTRA_BYTES);
      assertFollowsLikewise(client);
    }
  }

  @Test
  void over_udp_what_came_before_close_counts() {
    try (Listener listener =
            Listener.playing("C| a\nawait go\nS| b\nS! close").over(Transport.UDP).start();
        Client client = Client.to(listener.address()).over(Transport.UDP).start()) {
      client.send("a");
      client.send("extra");
      listener.drainInput();
      listener.marks().mark("go");
      assertThat(awaitEnd(listener).endReason()).contains(EndReason.EXTRA_BYTES);
      assertThat(client.readAvailable().utf8()).isEqualTo("b");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  void the_fin_of_the_peer_is_recorded_after_close_under_tls(String version) {
    Tls tls = Tls.standard().protocols(version);
    try (Listener listener = Listener.playing(CLOSING).tls(tls).start()) {
      try (Client client = Client.to(listener.address()).tls(tls).start()) {
        client.send("GET /");
        assertThat(client.readToEnd().utf8()).isEqualTo("bye\r\n");
      }
      listener.recording().awaitClosed(SOON);
      assertThat(run(listener).endReason()).contains(EndReason.FINISHED);
      assertThat(conversation(listener).ledger())
          .extracting(Termination::side, Termination::kind, Termination::cause)
          .containsExactly(
              tuple(Side.SERVER, Termination.Kind.FIN, ""),
              tuple(Side.CLIENT, Termination.Kind.FIN, ""));
      assertFollowsLikewise(listener);
    }
  }

  @Test
  void bytes_after_our_fin_fail_the_script_under_tls() {
    try (Listener listener = Listener.playing(CLOSING).tls(Tls.standard()).start();
        Client client = Client.to(listener.address()).tls(Tls.standard()).start()) {
      client.send("GET /");
      client.readToEnd();
      client.send("admin");
      awaitFailure(listener);
      assertThat(run(listener).endReason()).contains(EndReason.EXTRA_BYTES);
      assertFollowsLikewise(listener);
    }
  }

  private static Socket connect(Listener listener) throws IOException {
    Socket socket = new Socket(listener.host(), listener.port());
    socket.setTcpNoDelay(true);
    return socket;
  }

  private static void send(Socket socket, String text) throws IOException {
    try {
      socket.getOutputStream().write(text.getBytes(US_ASCII));
    } catch (SocketException e) {
      throw new AssertionError("the peer has reset the connection already", e);
    }
  }

  private static ScriptRun awaitEnd(ScriptedPeer peer) {
    assertThat(
            peer.recording()
                .await(() -> !peer.runs().isEmpty() && run(peer).endReason().isPresent(), SOON))
        .isTrue();
    return run(peer);
  }

  private static void awaitFailure(ScriptedPeer peer) {
    assertThat(peer.recording().await(() -> run(peer).failed(), SOON)).isTrue();
  }

  private static ScriptRun run(ScriptedPeer peer) {
    return peer.runs().get(0);
  }

  private static Conversation conversation(ScriptedPeer peer) {
    return peer.recording().conversations().get(0);
  }

  /** The script and the recording have the same verdict. */
  static void assertFollowsLikewise(ScriptedPeer peer) {
    Script script = peer.script();
    assertThat(ScriptMatch.of(script, conversation(peer)).follows())
        .as("%s\n%s", run(peer), conversation(peer).events())
        .isEqualTo(run(peer).done());
  }
}
