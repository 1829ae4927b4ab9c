package dev.partyline.loopback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.wire.Event;
import dev.partyline.wire.Side;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server may send and reset before its client has noticed that it is connected. */
@Timeout(60)
class ServerThatResetsAtOnceTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final int CLIENTS = 300;

  private static void serve(ServerSocket server, boolean fin) {
    try {
      for (int i = 0; i < CLIENTS; i++) {
        try (Socket accepted = server.accept()) {
          accepted.getOutputStream().write('x');
          if (fin) {
            accepted.shutdownOutput();
          }
          accepted.setSoLinger(true, 0);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void its_client_starts_and_ends_by_the_reset(boolean fin) throws Exception {
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      CompletableFuture<Void> serving = CompletableFuture.runAsync(() -> serve(server, fin));
      for (int i = 0; i < CLIENTS; i++) {
        try (Client client = Client.to(server.getLocalSocketAddress()).start()) {
          client.recording().awaitClosed(SOON);
          assertThat(client.conversation().resetBy()).contains(Side.SERVER);
          assertThat(client.conversation().events()).last().isInstanceOf(Event.Rst.class);
        }
      }
      serving.get();
    }
  }
}
