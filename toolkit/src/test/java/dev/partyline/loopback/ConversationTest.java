package dev.partyline.loopback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partyline.script.Script;
import dev.partyline.script.player.EndReason;
import dev.partyline.script.player.FailureText;
import dev.partyline.script.player.ScriptRun;
import dev.partyline.script.player.ScriptedPeer;
import dev.partyline.wire.Event;
import dev.partyline.wire.LoopbackException;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.PortUnreachableException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Scripts against foreign peers, and our clients against our listeners. */
class ConversationTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  @ParameterizedTest
  @EnumSource(Transport.class)
  void both_ends_play_the_same_script(Transport transport) {
    Script script = Script.parse("C: one\nS: two\nC: three\nS: four\n");
    try (Listener listener = Listener.playing(script).over(transport).start();
        Client client = Client.to(listener.address()).over(transport).playing(script).start()) {
      assertThat(endReason(client)).isEqualTo(EndReason.FINISHED);
      assertThat(endReason(listener)).isEqualTo(EndReason.FINISHED);
      assertThat(client.conversation().bytes(Side.SERVER).utf8()).isEqualTo("two\r\nfour\r\n");
      assertThat(listener.recording().conversations().get(0).bytes(Side.CLIENT).utf8())
          .isEqualTo("one\r\nthree\r\n");
    }
  }

  @Test
  void it_works_over_ipv6() {
    Script script = Script.parse("C: one\nS: two\n");
    for (Transport transport : new Transport[] {Transport.TCP, Transport.UDP}) {
      try (Listener listener = Listener.playing(script).over(transport).overIpv6().start();
          Client client =
              Client.to(listener.host(), listener.port()).over(transport).playing(script).start()) {
        assertThat(endReason(client)).isEqualTo(EndReason.FINISHED);
        assertThat(client.conversation().address(Side.SERVER))
            .isEqualTo("[::1]:" + listener.port());
      }
    }
  }

  @Test
  void a_wrong_peer_is_reset_at_the_first_wrong_byte() throws Exception {
    Script script = Script.parse("C: HELO\nS: 250 OK\n");
    try (Listener listener = Listener.playing(script).deadline(Duration.ofSeconds(60)).start();
        Socket peer = new Socket(listener.host(), listener.port())) {
      peer.setSoTimeout(30_000);
      peer.getOutputStream().write("HEX".getBytes(StandardCharsets.UTF_8));
      assertThatThrownBy(() -> peer.getInputStream().read())
          .as("long before the deadline")
          .isInstanceOf(SocketException.class)
          .hasMessageContaining("reset");
      assertThat(endReason(listener)).isEqualTo(EndReason.WRONG_BYTES);
      assertThat(listener.recording().conversations().get(0).resetBy()).hasValue(Side.SERVER);
    }
  }

  @Test
  void a_reset_of_a_blocking_client_is_an_rst_for_a_foreign_server() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        Client client = Client.to("127.0.0.1", server.getLocalPort()).start();
        Socket peer = server.accept()) {
      peer.setSoTimeout(5_000);
      client.reset();
      assertThatThrownBy(() -> peer.getInputStream().read())
          .isInstanceOf(SocketException.class)
          .hasMessageContaining("reset");
      assertThatThrownBy(() -> client.send("x")).isInstanceOf(LoopbackException.class);
    }
  }

  @Test
  void an_rst_of_a_foreign_client_is_recorded() throws Exception {
    try (Listener listener = Listener.playing("C: a\nC! reset\n").start()) {
      Socket peer = new Socket(listener.host(), listener.port());
      peer.getOutputStream().write("a\r\n".getBytes(StandardCharsets.UTF_8));
      listener.drainInput();
      peer.setSoLinger(true, 0);
      peer.close();
      assertThat(endReason(listener)).isEqualTo(EndReason.FINISHED);
      assertThat(listener.recording().conversations().get(0).resetBy()).hasValue(Side.CLIENT);
    }
  }

  @Test
  void on_udp_a_wrong_peer_finds_the_socket_closed() throws Exception {
    Script script = Script.parse("C: HELO\nS: 250 OK\n");
    try (Listener listener = Listener.playing(script).over(Transport.UDP).start();
        DatagramSocket peer = new DatagramSocket()) {
      peer.connect(listener.address());
      peer.setSoTimeout(5_000);
      peer.send(new DatagramPacket(new byte[3], 3));
      assertThat(endReason(listener)).isEqualTo(EndReason.WRONG_BYTES);
      listener.drainInput();
      peer.send(new DatagramPacket(new byte[3], 3));
      assertThatThrownBy(() -> peer.receive(new DatagramPacket(new byte[9], 9)))
          .isInstanceOf(PortUnreachableException.class);
    }
  }

  @Test
  void a_peer_that_has_sent_a_fin_still_gets_a_late_answer() throws Exception {
    Script script = Script.parse("C| question\nC! finish\npause 50ms\nS: answer\nS! close\n");
    try (Listener listener = Listener.playing(script).start();
        Socket peer = new Socket(listener.host(), listener.port())) {
      peer.getOutputStream().write("question".getBytes(StandardCharsets.UTF_8));
      peer.shutdownOutput();
      assertThat(peer.getInputStream().readAllBytes()).asString().isEqualTo("answer\r\n");
      assertThat(endReason(listener)).isEqualTo(EndReason.FINISHED);
    }
  }

  @Test
  void a_listener_that_has_sent_a_fin_still_receives_a_late_answer() throws Exception {
    Script script = Script.parse("S: greeting\nS! finish\nC: late\n");
    try (Listener listener = Listener.playing(script).start();
        Socket peer = new Socket(listener.host(), listener.port())) {
      InputStream in = peer.getInputStream();
      assertThat(in.readAllBytes()).asString().isEqualTo("greeting\r\n");
      peer.getOutputStream().write("late\r\n".getBytes(StandardCharsets.UTF_8));
      assertThat(endReason(listener)).isEqualTo(EndReason.FINISHED);
    }
  }

  @Test
  void a_client_that_has_sent_a_fin_still_receives_a_late_answer() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        Client client = Client.to("127.0.0.1", server.getLocalPort()).start();
        Socket peer = server.accept()) {
      client.send("question");
      client.shutdownOutput();
      assertThat(peer.getInputStream().readAllBytes()).asString().isEqualTo("question");
      peer.getOutputStream().write("late".getBytes(StandardCharsets.UTF_8));
      peer.shutdownOutput();
      assertThat(client.readToEnd().utf8()).isEqualTo("late");
      assertThat(client.readAvailable().isEmpty()).isTrue();
      assertThat(client.conversation().events())
          .filteredOn(event -> event instanceof Event.Fin)
          .hasSize(2);
    }
  }

  @Test
  void when_the_peer_has_sent_a_fin_after_the_script_our_end_closes_too() throws Exception {
    try (Listener listener = Listener.playing("C: a\nS: b\n").start();
        Socket peer = new Socket(listener.host(), listener.port())) {
      peer.getOutputStream().write("a\r\n".getBytes(StandardCharsets.UTF_8));
      peer.shutdownOutput();
      assertThat(peer.getInputStream().readAllBytes()).asString().isEqualTo("b\r\n");
      assertThat(
              listener
                  .recording()
                  .await(() -> !listener.recording().conversations().get(0).isOpen(), SOON))
          .isTrue();
    }
  }

  @Test
  void a_script_times_out_at_its_deadline() throws Exception {
    Script script = Script.parse("S: hello\nC: never\n");
    try (Listener listener = Listener.playing(script).deadline(Duration.ofMillis(100)).start();
        Socket peer = new Socket(listener.host(), listener.port())) {
      assertThat(peer.isConnected()).isTrue();
      assertThat(endReason(listener)).isEqualTo(EndReason.TIMED_OUT);
    }
  }

  @Test
  void one_whose_bytes_the_peer_does_not_take_times_out_too() throws Exception {
    StringBuilder much = new StringBuilder();
    for (int i = 0; i < 40_000; i++) {
      much.append("S: ").append("x".repeat(500)).append('\n');
    }
    try (Listener listener =
            Listener.playing(much.toString()).deadline(Duration.ofMillis(200)).start();
        Socket peer = new Socket(listener.host(), listener.port())) {
      assertThat(peer.isConnected()).isTrue();
      assertThat(endReason(listener)).isEqualTo(EndReason.TIMED_OUT);
      assertThat(listener.runs().get(0).problem()).contains("does not take what was sent");
    }
  }

  @Test
  void large_messages_arrive_completely_at_a_slow_reader() throws Exception {
    String line = "x".repeat(1_000);
    StringBuilder much = new StringBuilder();
    for (int i = 0; i < 8_000; i++) {
      much.append("S: ").append(line).append('\n');
    }
    much.append("C: thanks\nS! close\n");
    try (Listener listener = Listener.playing(much.toString()).start();
        Socket peer = new Socket(listener.host(), listener.port())) {
      byte[] all = peer.getInputStream().readNBytes(8_000 * 1_002);
      assertThat(all).hasSize(8_000 * 1_002);
      peer.getOutputStream().write("thanks\r\n".getBytes(StandardCharsets.UTF_8));
      assertThat(peer.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void marks_let_one_connection_wait_for_another() {
    Script first = Script.parse("C: one\nawait second\nS: after\n");
    Script second = Script.parse("C: two\nmark second\nS: two too\n");
    try (Listener one = Listener.playing(first).start();
        Listener other = Listener.playing(second).sharing(one.marks()).start();
        Client early = Client.to(one.address()).start();
        Client late = Client.to(other.address()).start()) {
      early.sendLine("one");
      one.drainInput();
      assertThat(one.recording().byteCount(Side.SERVER)).isZero();
      late.sendLine("two");
      early.expectLine("after");
      late.expectLine("two too");
    }
  }

  @Test
  void a_scripted_client_without_a_server_is_refused_and_throws_nothing() {
    try (Listener refusing = Listener.refusing().start();
        Client client = Client.to(refusing.address()).playing("C: a\n").start()) {
      assertThat(endReason(client)).isEqualTo(EndReason.REFUSED);
      assertThat(client.conversation().isOpen()).isFalse();
      String server = "127.0.0.1:" + refusing.port();
      assertThat(client).hasToString("Client{tcp " + server + "}");
      assertThat(client.conversation().toString())
          .startsWith("connection 1 to " + server + ": client sent");
      assertThat(FailureText.of(client, 1)).startsWith("connection 1 to " + server + ": refused");
    }
  }

  @Test
  void a_server_that_resets_at_once_is_not_one_that_refuses() {
    Script reset = Script.parse("S! reset\n");
    Script hopeful = Script.parse("C: a\nS: b\n");
    for (int i = 0; i < 200; i++) {
      try (Listener listener = Listener.playing(reset).start();
          Client client = Client.to(listener.address()).playing(hopeful).start()) {
        assertThat(endReason(client)).isEqualTo(EndReason.PEER_RESET);
      }
    }
  }

  @Test
  void a_scripted_client_without_an_answer_times_out() {
    try (Listener unresponsive = Listener.neverAccepting().start();
        Client client =
            Client.to(unresponsive.address())
                .playing("C: a\n")
                .deadline(Duration.ofMillis(100))
                .start()) {
      assertThat(endReason(client)).isEqualTo(EndReason.TIMED_OUT);
    }
  }

  private static EndReason endReason(ScriptedPeer peer) {
    assertThat(
            peer.recording()
                .await(() -> peer.runs().stream().anyMatch(ConversationTest::hasEnded), SOON))
        .as("the script ended: %s", peer.runs())
        .isTrue();
    return peer.runs().get(0).endReason().orElseThrow();
  }

  private static boolean hasEnded(ScriptRun run) {
    return run.endReason().isPresent();
  }
}
