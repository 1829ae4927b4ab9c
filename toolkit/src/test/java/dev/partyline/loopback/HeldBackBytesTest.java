package dev.partyline.loopback;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.wire.Recording;
import dev.partyline.wire.Side;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * What a peer with Nagle's algorithm, the default of {@link Socket}, holds back until we have
 * acknowledged what it has sent before: it was sent before the drain, too.
 */
@EnabledOnOs(OS.LINUX)
class HeldBackBytesTest {
  private static final int ROUNDS = 200;

  /** A round: an answer, because after one the kernel delays its ACKs, and three small writes. */
  private static final List<String> SMALL = List.of("one", "two", "six");

  private static final int BYTES_OF_ROUND = 1 + 9;

  @Test
  void a_listener_has_them_after_a_drain() throws IOException {
    try (Listener listener = Listener.handling(HeldBackBytesTest::answer).start();
        Socket peer = new Socket(listener.host(), listener.port())) {
      assertThatDrainHasAll(peer, Side.CLIENT, listener.recording(), listener::drainInput);
    }
  }

  @Test
  void a_tap_has_them_after_a_drain() throws IOException {
    try (Listener listener = Listener.handling(HeldBackBytesTest::answer).start();
        Tap tap = Tap.to(listener).start();
        Socket peer = new Socket(tap.host(), tap.port())) {
      assertThatDrainHasAll(peer, Side.CLIENT, tap.recording(), tap::drainInput);
    }
  }

  @Test
  void a_client_has_them_after_a_drain() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Client client = Client.to(server.getLocalSocketAddress()).start();
        Socket peer = server.accept()) {
      Thread answering = new Thread(() -> answer(client));
      answering.start();
      assertThatDrainHasAll(peer, Side.SERVER, client.recording(), client::drainInput);
      answering.join();
    }
  }

  private static void answer(Connection connection) {
    for (int round = 1; round <= ROUNDS; round++) {
      connection.read(1);
      connection.send("!");
      connection.read(BYTES_OF_ROUND - 1);
    }
  }

  private static void assertThatDrainHasAll(
      Socket peer, Side side, Recording recording, Runnable drain) throws IOException {
    for (int round = 1; round <= ROUNDS; round++) {
      peer.getOutputStream().write('?');
      assertThat(peer.getInputStream().read()).isEqualTo('!');
      for (String small : SMALL) {
        peer.getOutputStream().write(small.getBytes(US_ASCII));
      }
      drain.run();
      assertThat(recording.byteCount(side)).isEqualTo((long) round * BYTES_OF_ROUND);
    }
  }
}
