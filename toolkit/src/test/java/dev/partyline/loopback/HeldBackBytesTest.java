package dev.partyline.loopback;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.wire.Recording;
import dev.partyline.wire.Side;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
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

  @Test
  void a_listener_has_them_after_a_drain() throws IOException {
    try (Listener listener = Listener.silent().start();
        Socket peer = new Socket(listener.host(), listener.port())) {
      assertThatDrainHasAll(peer, Side.CLIENT, listener.recording(), listener::drainInput);
    }
  }

  @Test
  void a_client_has_them_after_a_drain() throws IOException {
    try (ServerSocket server = new ServerSocket(0);
        Client client = Client.to("127.0.0.1", server.getLocalPort()).start();
        Socket peer = server.accept()) {
      assertThatDrainHasAll(peer, Side.SERVER, client.recording(), client::drainInput);
    }
  }

  @Test
  void a_tap_has_those_of_its_client_after_a_drain() throws IOException {
    try (Listener listener = Listener.silent().start();
        Tap tap = Tap.to(listener).start();
        Socket peer = new Socket(tap.host(), tap.port())) {
      tap.recording().await(() -> tap.recording().connections() == 1, Duration.ofSeconds(5));
      assertThatDrainHasAll(peer, Side.CLIENT, tap.recording(), tap::drainInput);
    }
  }

  private static void assertThatDrainHasAll(
      Socket peer, Side side, Recording recording, Runnable drain) throws IOException {
    OutputStream out = peer.getOutputStream();
    for (int round = 1; round <= ROUNDS; round++) {
      for (String small : new String[] {"one", "two", "six"}) {
        out.write(small.getBytes(US_ASCII));
      }
      drain.run();
      assertThat(recording.byteCount(side)).as("round %s", round).isEqualTo(9L * round);
    }
  }
}
