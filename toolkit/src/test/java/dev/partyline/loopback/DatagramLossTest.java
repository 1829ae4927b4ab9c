package dev.partyline.loopback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partyline.weather.Fault;
import dev.partyline.weather.Weather;
import dev.partyline.weather.spi.Verdict;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A datagram that does not arrive is told: by the kernel's counter, or because a client ends. */
@Timeout(60)
class DatagramLossTest {
  private static final int MANY = 1_000;
  private static final int LARGE = 60_000;

  private DatagramSocket server;
  private Tap tap;

  @BeforeEach
  void open() throws IOException {
    server = socket();
    tap = Tap.to(server.getLocalSocketAddress()).over(Transport.UDP).start();
  }

  @AfterEach
  void close() {
    server.close();
    if (tap.backgroundFailures().isEmpty()) {
      tap.close();
    } else {
      assertThatThrownBy(tap::close).isInstanceOf(AssertionError.class);
    }
  }

  @ParameterizedTest
  @CsvSource({"1000, 100", "200, 1200"})
  void every_datagram_of_a_burst_arrives_or_is_told_to_be_lost(int count, int size)
      throws IOException {
    server.setReceiveBufferSize(4 << 20);
    boolean largeBuffer = server.getReceiveBufferSize() >= 4 << 20;
    try (DatagramSocket client = socket()) {
      for (int round = 1; round <= 100; round++) {
        for (int i = 0; i < count; i++) {
          send(client, tap.address(), new byte[size]);
        }
        tap.drainInput();
        long told = lost(tap.backgroundFailures());
        long read = tap.recording().byteCount(Side.CLIENT) / size;
        assertThat(read + told).isEqualTo((long) round * count);
        for (int i = 0; i < count && largeBuffer && told == 0; i++) {
          assertThat(receive(server)).isEqualTo(size);
        }
      }
    }
  }

  @Test
  void datagrams_that_a_busy_tap_cannot_hold_are_told() throws IOException {
    CountDownLatch busy = new CountDownLatch(1);
    Tap slow =
        Tap.to(server.getLocalSocketAddress()).over(Transport.UDP).in(blockedBy(busy)).start();
    flood(slow.address());
    busy.countDown();
    slow.drainInput();
    long told = lost(slow.backgroundFailures());
    assertThat(told).isPositive();
    assertThat(slow.recording().byteCount(Side.CLIENT)).isEqualTo((MANY - told) * LARGE);
    assertThat(lost(slow.backgroundFailures())).as("told once").isEqualTo(told);
    assertThatThrownBy(slow::close)
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith(
            "tap on udp 127.0.0.1:" + slow.port() + " has lost " + told + " datagrams: the kernel")
        .hasMessageContaining("net.core.rmem_max");
  }

  @Test
  void datagrams_that_a_busy_listener_cannot_hold_are_told() throws IOException {
    CountDownLatch busy = new CountDownLatch(1);
    Listener listener = Listener.silent().over(Transport.UDP).start();
    Tap blocking =
        Tap.to(server.getLocalSocketAddress()).over(Transport.UDP).in(blockedBy(busy)).start();
    try (DatagramSocket client = socket()) {
      // The thread that serves the listener is busy with the tap.
      send(client, blocking.address(), new byte[1]);
      flood(listener.address());
      busy.countDown();
      blocking.close();
      listener.drainInput();
      long told = lost(listener.backgroundFailures());
      assertThat(told).isPositive();
      assertThat(listener.recording().byteCount(Side.CLIENT)).isEqualTo((MANY - told) * LARGE);
    }
    assertThatThrownBy(listener::close)
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("listener on udp ");
  }

  @Test
  void a_listener_that_never_reads_is_meant_to_lose_datagrams() throws IOException {
    try (Listener listener = Listener.neverReading().over(Transport.UDP).start()) {
      flood(listener.address());
      assertThat(listener.backgroundFailures()).isEmpty();
    }
  }

  private static Weather blockedBy(CountDownLatch busy) {
    return Weather.of(
        Fault.of(
            "busy",
            context ->
                input -> {
                  try {
                    assertThat(busy.await(20, TimeUnit.SECONDS)).isTrue();
                  } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                  }
                  return new Verdict.Pass(input.size());
                }));
  }

  /** Sends more than the largest buffer of a socket holds. */
  private static void flood(SocketAddress destination) throws IOException {
    try (DatagramSocket client = socket()) {
      for (int i = 0; i < MANY; i++) {
        send(client, destination, new byte[LARGE]);
      }
    }
  }

  private static long lost(List<AssertionError> failures) {
    return failures.stream()
        .mapToLong(
            failure ->
                Long.parseLong(failure.getMessage().replaceAll("(?s).* lost (\\d+).*", "$1")))
        .sum();
  }

  @Test
  void a_client_that_makes_room_for_the_thousand_and_first_is_told_so() throws IOException {
    for (int i = 0; i < 1_100; i++) {
      try (DatagramSocket client = socket()) {
        send(client, tap.address(), new byte[] {1});
        receive(server);
      }
    }
    assertThat(tap.recording().conversations())
        .filteredOn(conversation -> !conversation.isOpen())
        .isNotEmpty()
        .allSatisfy(
            conversation ->
                assertThat(conversation.notes())
                    .singleElement()
                    .asString()
                    .contains("the tap has a socket for each of 1000 clients"));
    assertThat(tap.backgroundFailures()).isEmpty();
  }

  @Test
  void a_client_that_has_to_make_room_with_datagrams_on_their_way_is_a_failure()
      throws IOException {
    Tap stalled =
        Tap.to(server.getLocalSocketAddress())
            .over(Transport.UDP)
            .in(Weather.of(Fault.stall()))
            .start();
    for (int i = 0; i < 1_100; i++) {
      try (DatagramSocket client = socket()) {
        send(client, stalled.address(), new byte[] {1});
      }
      stalled.drainInput();
    }
    assertThatThrownBy(stalled::close)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(" was ended with datagrams on their way");
  }

  private static DatagramSocket socket() throws IOException {
    DatagramSocket socket = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"));
    socket.setSoTimeout(10_000);
    return socket;
  }

  private static void send(DatagramSocket socket, SocketAddress destination, byte[] bytes)
      throws IOException {
    socket.send(new DatagramPacket(bytes, bytes.length, destination));
  }

  private static int receive(DatagramSocket socket) throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[LARGE], LARGE);
    socket.receive(packet);
    return packet.getLength();
  }
}
