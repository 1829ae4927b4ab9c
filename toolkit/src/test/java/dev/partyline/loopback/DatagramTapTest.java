package dev.partyline.loopback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partyline.ports.PortLease;
import dev.partyline.ports.Ports;
import dev.partyline.weather.Fault;
import dev.partyline.weather.Weather;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Event;
import dev.partyline.wire.Recording;
import dev.partyline.wire.Side;
import dev.partyline.wire.Termination;
import dev.partyline.wire.Transport;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Datagrams through a tap, with foreign peers. */
@Timeout(60)
class DatagramTapTest {
  /** While this is open, no other socket gets the port of a server that has closed. */
  private PortLease lease;

  private DatagramSocket server;
  private Tap tap;

  @BeforeEach
  void open() throws IOException {
    lease = Ports.reserve();
    server = server();
    tap = Tap.to(server.getLocalSocketAddress()).over(Transport.UDP).start();
  }

  @AfterEach
  void close() {
    tap.close();
    server.close();
    lease.close();
  }

  @Test
  void boundaries_stay_where_they_are() throws IOException {
    try (DatagramSocket client = socket()) {
      SocketAddress clientAddress = null;
      for (String text : new String[] {"one", "", "three", "4", ""}) {
        send(client, tap.address(), text.getBytes(StandardCharsets.UTF_8));
        DatagramPacket packet = receive(server);
        assertThat(text(packet)).isEqualTo(text);
        clientAddress = packet.getSocketAddress();
      }
      for (String text : new String[] {"", "answer", "", "and another"}) {
        send(server, clientAddress, text.getBytes(StandardCharsets.UTF_8));
        DatagramPacket packet = receive(client);
        assertThat(text(packet)).isEqualTo(text);
        assertThat(packet.getSocketAddress()).isEqualTo(tap.address());
      }
      Conversation only = tap.recording().conversations().get(0);
      assertThat(only.events())
          .extracting(event -> event.side() + " " + ((Event.Sent) event).bytes().utf8())
          .containsExactly(
              "client one",
              "client ",
              "client three",
              "client 4",
              "client ",
              "server ",
              "server answer",
              "server ",
              "server and another");
    }
  }

  @Test
  void the_largest_datagrams_pass_unchanged_both_ways() throws IOException {
    byte[] large = new byte[65_507];
    new Random(1).nextBytes(large);
    try (DatagramSocket client = socket()) {
      for (int i = 0; i < 20; i++) {
        send(client, tap.address(), large);
        DatagramPacket request = receive(server);
        assertThat(bytes(request)).isEqualTo(large);
        send(server, request.getSocketAddress(), large);
        assertThat(bytes(receive(client))).isEqualTo(large);
      }
      Conversation only = tap.recording().conversations().get(0);
      assertThat(only.byteCount(Side.CLIENT)).isEqualTo(20L * large.length);
      assertThat(only.bytes(Side.SERVER).slice(0, large.length)).isEqualTo(Bytes.of(large));
    }
  }

  @Test
  void clients_are_kept_apart() throws IOException {
    try (DatagramSocket one = socket();
        DatagramSocket other = socket()) {
      for (int i = 0; i < 20; i++) {
        send(one, tap.address(), new byte[] {1});
        SocketAddress first = receive(server).getSocketAddress();
        send(other, tap.address(), new byte[] {2});
        SocketAddress second = receive(server).getSocketAddress();
        assertThat(first).isNotEqualTo(second);
        send(server, second, new byte[] {4});
        send(server, first, new byte[] {3});
        assertThat(bytes(receive(one))).containsExactly(3);
        assertThat(bytes(receive(other))).containsExactly(4);
      }
      Recording recording = tap.recording();
      assertThat(recording.connections()).isEqualTo(2);
      Conversation second = recording.conversations().get(1);
      assertThat(second.address(Side.CLIENT)).endsWith(":" + other.getLocalPort());
      assertThat(second.bytes(Side.CLIENT)).isEqualTo(Bytes.of(repeated(2, 20)));
      assertThat(second.bytes(Side.SERVER)).isEqualTo(Bytes.of(repeated(4, 20)));
    }
  }

  @Test
  void a_missing_server_is_in_the_ledger() throws IOException {
    server.close();
    try (DatagramSocket client = socket()) {
      send(client, tap.address(), new byte[3]);
      Recording recording = tap.recording();
      assertThat(
              recording.await(
                  () ->
                      recording.connections() == 1
                          && !recording.conversations().get(0).ledger().isEmpty(),
                  Duration.ofSeconds(10)))
          .isTrue();
      Termination termination = recording.conversations().get(0).ledger().get(0);
      assertThat(termination.side()).isEqualTo(Side.SERVER);
      assertThat(termination.kind()).isEqualTo(Termination.Kind.REFUSED);
      assertThat(termination.cause())
          .isEqualTo("nothing listens at 127.0.0.1:" + lease.port() + " (reported by ICMP)");
      send(client, tap.address(), new byte[3]);
      tap.drainInput();
      assertThat(recording.byteCount(Side.CLIENT)).isEqualTo(6);
      assertThat(tap.backgroundFailures()).isEmpty();
    }
  }

  @Test
  void a_server_that_comes_back_is_reached_again() throws IOException {
    server.close();
    try (DatagramSocket client = socket()) {
      send(client, tap.address(), new byte[] {1});
      Recording recording = tap.recording();
      recording.await(
          () ->
              recording.connections() == 1 && !recording.conversations().get(0).ledger().isEmpty(),
          Duration.ofSeconds(10));
      server = server();
      send(client, tap.address(), new byte[] {2});
      DatagramPacket packet = receive(server);
      assertThat(bytes(packet)).containsExactly(2);
      send(server, packet.getSocketAddress(), new byte[] {3});
      assertThat(bytes(receive(client))).containsExactly(3);
    }
  }

  @Test
  void draining_input_waits_for_all_datagrams_however_many() throws IOException {
    try (DatagramSocket client = socket()) {
      for (int round = 1; round <= 20; round++) {
        for (int i = 0; i < 150; i++) {
          send(client, tap.address(), new byte[1]);
        }
        tap.drainInput();
        assertThat(tap.recording().byteCount(Side.CLIENT)).isEqualTo(round * 150L);
      }
    }
  }

  @Test
  void more_than_a_thousand_clients_do_not_cost_more_than_a_thousand_sockets() throws IOException {
    for (int i = 0; i < 1_100; i++) {
      try (DatagramSocket client = socket()) {
        send(client, tap.address(), new byte[] {1});
        send(server, receive(server).getSocketAddress(), new byte[] {2});
        assertThat(bytes(receive(client))).containsExactly(2);
      }
    }
    long open = tap.recording().conversations().stream().filter(Conversation::isOpen).count();
    assertThat(open).isBetween(900L, 1_000L);
  }

  @Test
  void a_fault_that_cannot_start_affects_its_own_client_alone() throws IOException {
    Fault broken =
        Fault.of(
            "broken",
            context -> {
              throw new IllegalStateException("out of order");
            });
    Tap odd =
        Tap.to(server.getLocalSocketAddress())
            .over(Transport.UDP)
            .in(Weather.of(broken.onConnections(1)))
            .start();
    try (DatagramSocket one = socket();
        DatagramSocket other = socket()) {
      send(one, odd.address(), new byte[] {1});
      odd.drainInput();
      send(other, odd.address(), new byte[] {2});
      assertThat(bytes(receive(server))).containsExactly(2);
      assertThat(odd.recording().conversations().get(0).ledger())
          .singleElement()
          .satisfies(termination -> assertThat(termination.cause()).contains("out of order"));
    }
    assertThatThrownBy(odd::close)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("could not serve the client 127.0.0.1:");
  }

  @Test
  void a_client_of_ours_can_send_an_empty_datagram() throws IOException {
    try (Client client = Client.to(server.getLocalSocketAddress()).over(Transport.UDP).start()) {
      client.send("one");
      client.send(Bytes.EMPTY);
      client.send("two");
      for (String text : new String[] {"one", "", "two"}) {
        assertThat(text(receive(server))).isEqualTo(text);
      }
    }
  }

  private DatagramSocket server() throws IOException {
    return socket(lease.port());
  }

  private static DatagramSocket socket() throws IOException {
    return socket(0);
  }

  private static DatagramSocket socket(int port) throws IOException {
    DatagramSocket socket = new DatagramSocket(port, InetAddress.getByName("127.0.0.1"));
    socket.setSoTimeout(10_000);
    return socket;
  }

  private static void send(DatagramSocket socket, SocketAddress destination, byte[] bytes)
      throws IOException {
    socket.send(new DatagramPacket(bytes, bytes.length, destination));
  }

  private static DatagramPacket receive(DatagramSocket socket) throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[70_000], 70_000);
    socket.receive(packet);
    return packet;
  }

  private static byte[] bytes(DatagramPacket packet) {
    return Arrays.copyOf(packet.getData(), packet.getLength());
  }

  private static String text(DatagramPacket packet) {
    return new String(bytes(packet), StandardCharsets.UTF_8);
  }

  private static byte[] repeated(int value, int count) {
    byte[] bytes = new byte[count];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }
}
