package dev.partyline.loopback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a handler or a client driven by hand has not read yet is bounded. */
class UnreadBytesTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final int MIB = 1 << 20;
  private static final int MAX_READ_BYTES = 1 << 16;

  @ParameterizedTest
  @EnumSource(names = {"TCP", "UNIX"})
  void a_reader_that_is_slower_than_its_peer_is_at_most_a_mebibyte_behind(Transport transport) {
    int total = 64 * MIB;
    AtomicReference<Integer> largest = new AtomicReference<>(0);
    Handler handler =
        connection -> {
          for (Bytes bytes = connection.readAvailable();
              !bytes.isEmpty();
              bytes = connection.readAvailable()) {
            largest.set(Math.max(largest.get(), bytes.size()));
          }
          connection.send("thanks");
        };
    try (Listener listener = Listener.handling(handler).over(transport).deadline(LONG).start();
        Client client = Client.to(listener.address()).deadline(LONG).start()) {
      client.send(Bytes.of(new byte[total]));
      client.shutdownOutput();
      client.expect("thanks");
      assertThat(listener.recording().byteCount(Side.CLIENT)).isEqualTo(total);
      assertThat(largest.get()).isLessThan(MIB + MAX_READ_BYTES);
    }
  }

  @Test
  void a_waiting_reader_has_not_seen_what_comes_before_it_wakes_up() throws InterruptedException {
    ReceiveBuffer buffer = new ReceiveBuffer(false, () -> {});
    List<Boolean> room = new ArrayList<>();
    ReceiveBuffer.Scan scan =
        (array, offset, endOffset, state) -> {
          // The reader has not returned from its wait: what is put now comes while it wakes up.
          buffer.put(ByteBuffer.allocate(MIB));
          room.add(buffer.hasRoom());
          return -1;
        };
    buffer.awaitAndTake(scan, 1);
    assertThat(room).containsExactly(false, false);
  }

  @Test
  void a_read_of_more_than_a_mebibyte_goes_on() {
    Handler handler =
        connection -> {
          assertThat(connection.readLine()).hasSize(3 * MIB);
          assertThat(connection.read(5 * MIB).size()).isEqualTo(5 * MIB);
          assertThat(connection.readToEnd().size()).isEqualTo(7 * MIB);
          connection.send("thanks");
        };
    try (Listener listener = Listener.handling(handler).deadline(LONG).start();
        Client client = Client.to(listener.address()).deadline(LONG).start()) {
      client.send("x".repeat(3 * MIB) + "\n");
      client.send(Bytes.of(new byte[12 * MIB]));
      client.shutdownOutput();
      client.expect("thanks");
    }
  }

  @Test
  void a_datagram_that_finds_a_mebibyte_unread_is_lost_and_the_reader_is_told() {
    CountDownLatch sent = new CountDownLatch(1);
    Handler handler =
        connection -> {
          sent.await();
          for (int i = 0; i < 100; i++) {
            connection.readAvailable();
          }
        };
    Listener listener = Listener.handling(handler).over(Transport.UDP).deadline(LONG).start();
    try (Client client = Client.to(listener.address()).over(Transport.UDP).start()) {
      for (int i = 0; i < 40; i++) {
        client.send(Bytes.of(new byte[60_000]));
        listener.drainInput();
      }
      assertThat(listener.recording().byteCount(Side.CLIENT)).isEqualTo(40 * 60_000);
      sent.countDown();
      assertThat(listener.recording().await(() -> !listener.backgroundFailures().isEmpty(), LONG))
          .isTrue();
    }
    assertThatThrownBy(listener::close)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(
            "waited for anything, but the client has sent datagrams that are lost here, because too"
                + " many before them were not read");
  }

  @Test
  void unread_bytes_stop_the_peer_and_reading_lets_it_go_on() throws Exception {
    CountDownLatch read = new CountDownLatch(1);
    AtomicReference<Bytes> all = new AtomicReference<>();
    int much = 20_000_000;
    Handler handler =
        connection -> {
          read.await();
          all.set(connection.read(much));
          connection.send("thanks");
        };
    try (Listener listener = Listener.handling(handler).deadline(Duration.ofSeconds(20)).start();
        Client client = Client.to(listener.address()).deadline(Duration.ofMillis(200)).start()) {
      assertThatThrownBy(() -> client.send(Bytes.of(new byte[much])))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("the peer did not take 20000000 bytes within 200 ms");
      assertThat(listener.recording().byteCount(Side.CLIENT)).isLessThan(much / 2);
      read.countDown();
      assertThat(client.recording().await(() -> all.get() != null, Duration.ofSeconds(20)))
          .isTrue();
      client.recording().awaitMatch(Side.SERVER, "thanks", Duration.ofSeconds(20));
      client.drainInput();
      client.expect("thanks");
      assertThat(all.get().size()).isEqualTo(much);
    }
  }
}
