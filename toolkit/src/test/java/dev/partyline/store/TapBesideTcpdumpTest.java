package dev.partyline.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.loopback.Connection;
import dev.partyline.loopback.Listener;
import dev.partyline.loopback.Tap;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Event;
import dev.partyline.wire.Recording;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What tcpdump captures of the clients of a tap is what the tap has recorded. */
class TapBesideTcpdumpTest {
  @TempDir private Path directory;

  /** What a client does on one connection. */
  private interface Traffic {
    void run(Socket socket) throws IOException;
  }

  private void check(
      String device, boolean isIpv6, int count, Consumer<Connection> server, Traffic traffic)
      throws IOException {
    try (Listener listener = Listener.handling(server::accept).start();
        Tap tap = isIpv6 ? Tap.to(listener).overIpv6().start() : Tap.to(listener).start();
        Tcpdump tcpdump =
            Tcpdump.start(device, directory.resolve("lo.pcap"), "tcp port " + tap.port())) {
      for (int i = 0; i < count; i++) {
        try (Socket socket = new Socket()) {
          socket.connect(tap.address());
          traffic.run(socket);
        }
      }
      tap.recording().awaitClosed(Duration.ofSeconds(30));
      List<Conversation> recorded = byClient(tap.recording());
      List<Conversation> captured =
          byClient(
              tcpdump.await(
                  recording ->
                      recording.connections() == count
                          && recording.conversations().stream().noneMatch(Conversation::isOpen)));
      for (int i = 0; i < count; i++) {
        compare(captured.get(i), recorded.get(i));
      }
    }
  }

  private static List<Conversation> byClient(Recording recording) {
    return recording.conversations().stream()
        .sorted(Comparator.comparing(conversation -> conversation.address(Side.CLIENT)))
        .toList();
  }

  private static void compare(Conversation captured, Conversation recorded) {
    // The server of a tap is another one for its clients.
    assertThat(captured.address(Side.CLIENT)).isEqualTo(recorded.address(Side.CLIENT));
    for (Side side : Side.values()) {
      assertThat(captured.bytes(side)).as(recorded.name()).isEqualTo(recorded.bytes(side));
    }
    assertThat(captured.resetBy()).as(recorded.name()).isEqualTo(recorded.resetBy());
    if (recorded.resetBy().isEmpty()) {
      assertThat(captured.closedFirst()).as(recorded.name()).isEqualTo(recorded.closedFirst());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void questions_and_answers_with_a_half_close(boolean isIpv6) throws IOException {
    check(
        "lo",
        isIpv6,
        5,
        connection -> {
          connection.expectLine("question");
          connection.send("answer\n");
          assertThat(connection.readToEnd().isEmpty()).isTrue();
          connection.send("and more");
        },
        socket -> {
          socket.getOutputStream().write("question\r\n".getBytes(UTF_8));
          assertThat(socket.getInputStream().readNBytes(7)).hasSize(7);
          socket.shutdownOutput();
          assertThat(socket.getInputStream().readAllBytes()).hasSize(8);
        });
  }

  @Test
  void megabytes_on_any_interface() throws IOException {
    byte[] much = new byte[2 << 20];
    new Random(1).nextBytes(much);
    check(
        "any",
        false,
        2,
        connection -> connection.send(Bytes.of(much)),
        socket -> assertThat(socket.getInputStream().readAllBytes()).hasSize(much.length));
  }

  @Test
  void a_server_that_resets() throws IOException {
    check(
        "lo",
        false,
        10,
        connection -> {
          connection.send("before");
          connection.expectLine("stop");
          connection.reset();
        },
        socket -> {
          assertThat(socket.getInputStream().readNBytes(6)).hasSize(6);
          socket.getOutputStream().write("stop\r\n".getBytes(UTF_8));
          awaitEnd(socket);
        });
  }

  @Test
  void a_client_that_resets() throws IOException {
    check(
        "lo",
        false,
        10,
        connection -> connection.send("hello"),
        socket -> {
          assertThat(socket.getInputStream().readNBytes(5)).hasSize(5);
          socket.getOutputStream().write(1);
          socket.setSoLinger(true, 0);
        });
  }

  private static void awaitEnd(Socket socket) {
    try {
      assertThat(socket.getInputStream().read()).isNegative();
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("reset");
    }
  }

  @Test
  void datagrams_in_both_directions() throws IOException {
    try (DatagramSocket server = new DatagramSocket(new InetSocketAddress("127.0.0.1", 0));
        Tap tap = Tap.to(server.getLocalSocketAddress()).over(Transport.UDP).start();
        Tcpdump tcpdump =
            Tcpdump.start("lo", directory.resolve("lo.pcap"), "udp port " + tap.port());
        DatagramSocket client = new DatagramSocket(new InetSocketAddress("127.0.0.1", 0))) {
      byte[] large = new byte[20_000];
      for (byte[] data : List.of(new byte[] {1}, new byte[] {}, large)) {
        client.send(new DatagramPacket(data, data.length, tap.address()));
        DatagramPacket received = new DatagramPacket(new byte[large.length], large.length);
        server.receive(received);
        SocketAddress from = received.getSocketAddress();
        server.send(new DatagramPacket(received.getData(), received.getLength(), from));
        client.receive(new DatagramPacket(new byte[large.length], large.length));
      }
      Conversation recorded = tap.recording().conversations().get(0);
      Recording captured =
          tcpdump.await(recording -> recording.byteCount(Side.SERVER) == large.length + 1);

      assertThat(chunks(captured.conversations().get(0))).isEqualTo(chunks(recorded));
    }
  }

  private static List<Object> chunks(Conversation conversation) {
    return conversation.events().stream()
        .filter(event -> event instanceof Event.Sent)
        .map(event -> (Object) List.of(event.side(), ((Event.Sent) event).bytes()))
        .toList();
  }
}
