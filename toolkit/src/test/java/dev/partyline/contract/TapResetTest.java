package dev.partyline.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

import dev.partyline.netstat.ConnectionTable;
import dev.partyline.weather.Fault;
import dev.partyline.weather.Weather;
import dev.partyline.weather.spi.CloseType;
import dev.partyline.wire.Recording;
import dev.partyline.wire.Side;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A reset overtakes no byte that the tap has received, as long as the other side reads. */
@Timeout(60)
class TapResetTest {
  @ParameterizedTest
  @EnumSource(Side.class)
  void it_comes_after_all_that_the_tap_has_received_before(Side side) throws IOException {
    Pattern pattern = new Pattern(30);
    long size = 1 << 20;
    try (Setup setup = Setup.tapped(TransportPair.IPV4)) {
      Recording recording = setup.tap().recording();
      for (int i = 1; i <= 10; i++) {
        long all = i * size;
        try (Setup.PeerPair pair = setup.connectPair()) {
          pair.peer(side).send(pattern, 0, size, Pattern.MAX_BYTES);
          assertThat(recording.await(() -> recording.byteCount(side) == all, Setup.SOON)).isTrue();
          pair.peer(side).reset();
          assertThat(pair.peer(side.peer()).expectUpToReset(pattern)).isEqualTo(size);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Side.class)
  void it_reaches_a_side_that_started_to_read_only_then(Side side) throws IOException {
    Pattern pattern = new Pattern(31);
    try (Setup setup = Setup.tapped(TransportPair.IPV4);
        Setup.PeerPair pair = setup.connectPair()) {
      // The buffers towards the side that does not read are full, and the tap is not stuck.
      pair.peer(side).send(pattern, 0, 300_000, Pattern.MAX_BYTES);
      Recording recording = setup.tap().recording();
      assertThat(recording.await(() -> recording.byteCount(side) == 300_000, Setup.SOON)).isTrue();
      pair.peer(side).reset();
      assertThat(
              recording.await(
                  () -> !recording.conversations().get(0).ledger().isEmpty(), Setup.SOON))
          .isTrue();
      assertThat(pair.peer(side.peer()).expectUpToReset(pattern)).isEqualTo(300_000);
    }
  }

  @ParameterizedTest
  @EnumSource(Side.class)
  void it_comes_after_a_fin_that_waited_for_a_slow_reader(Side side) throws Exception {
    Pattern pattern = new Pattern(33);
    long size = 6L << 20;
    try (Setup setup = Setup.tapped(TransportPair.IPV4);
        Setup.PeerPair pair = setup.connectPair()) {
      BlockingPeer reader = pair.peer(side.peer());
      pair.peer(side).send(pattern, 0, size, Pattern.MAX_BYTES);
      pair.peer(side).close();
      // The bytes are in the buffers of the kernel, not all of them read by the tap.
      setup.tap().recording().awaitIdle(Duration.ofMillis(200), Setup.SOON);
      reader.send("still there?");
      setup.tap().recording().awaitIdle(Duration.ofMillis(200), Setup.SOON);
      reader.send("hello?");
      reader.expect(pattern, 0, size);
      reader.expectFin();
      reader.close();
      assertThat(setup.ledger(1)).startsWith(side + " FIN " + size, side + " RST " + size);
    }
  }

  @Test
  void that_of_a_fault_comes_after_all_that_it_lets_through() throws Exception {
    Pattern pattern = new Pattern(32);
    Weather cut = Weather.of(Fault.cutAfter(1 << 20, CloseType.RST));
    try (Setup setup = Setup.tapped(TransportPair.IPV4, spec -> spec.in(cut));
        Setup.PeerPair pair = setup.connectPair();
        Helpers helpers = new Helpers()) {
      helpers.run(() -> sendUntilFailure(pair.server(), pattern));
      Recording recording = setup.tap().recording();
      assertThat(recording.await(() -> recording.byteCount(Side.SERVER) > 1 << 20, Setup.SOON))
          .isTrue();
      assertThat(pair.client().expectUpToReset(pattern)).isEqualTo(1 << 20);
      helpers.await();
    }
  }

  @ParameterizedTest
  @EnumSource(Side.class)
  void it_follows_a_fin_that_a_fault_held_back(Side side) throws IOException {
    Weather slow = Weather.of(Fault.slowClose(Duration.ofSeconds(1)).from(side));
    try (Setup setup = Setup.tapped(TransportPair.IPV4, spec -> spec.in(slow));
        Setup.PeerPair pair = setup.connectPair()) {
      pair.peer(side).shutdownOutput();
      Recording recording = setup.tap().recording();
      assertThat(recording.await(() -> hasLedgerEntry(recording, side + " FIN 0"), Setup.SOON))
          .isTrue();
      pair.peer(side).reset();
      assertThat(recording.await(() -> hasLedgerEntry(recording, side + " RST 0"), Setup.SOON))
          .isTrue();
      pair.peer(side.peer()).expectFin();
      recording.awaitClosed(Setup.SOON);
    }
  }

  @ParameterizedTest
  @EnumSource(Side.class)
  void it_follows_a_fin_that_was_passed_on(Side side) throws IOException {
    try (Setup setup = Setup.tapped(TransportPair.IPV4);
        Setup.PeerPair pair = setup.connectPair()) {
      BlockingPeer other = pair.peer(side.peer());
      pair.peer(side).send("bye");
      pair.peer(side).shutdownOutput();
      other.expect("bye");
      other.expectFin();
      pair.peer(side).reset();
      int port = other.channel().socket().getLocalPort();
      int peerPort = other.channel().socket().getPort();
      // A socket that was reset is in no table any more.
      await()
          .atMost(Setup.SOON)
          .until(() -> !isListed("src port " + port + " and dst port " + peerPort));
      assertThatIOException().isThrownBy(() -> other.send("x"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"delay 20ms", "stall 30ms", "slow close 50ms"})
  void both_sides_end_the_connection_though_a_fault_holds_it_back(String weather)
      throws IOException {
    try (Setup setup = Setup.tapped(TransportPair.IPV4, spec -> spec.in(Weather.parse(weather)))) {
      for (int i = 0; i < 10; i++) {
        try (Setup.PeerPair pair = setup.connectPair()) {
          pair.client().reset();
          pair.server().reset();
        }
      }
      setup.tap().recording().awaitClosed(Setup.SOON);
    }
  }

  private static boolean isListed(String filter) {
    return !ConnectionTable.snapshot().matching(filter).rows().isEmpty();
  }

  private static boolean hasLedgerEntry(Recording recording, String entry) {
    return Setup.ledgerLines(recording.conversations().get(0)).contains(entry);
  }

  private static void sendUntilFailure(BlockingPeer peer, Pattern pattern) {
    long offset = 0;
    while (true) {
      try {
        peer.send(pattern.slice(offset, 10_000));
        offset += 10_000;
      } catch (IOException e) {
        return;
      }
    }
  }
}
