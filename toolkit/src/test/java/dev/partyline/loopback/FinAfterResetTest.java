package dev.partyline.loopback;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.partyline.internal.net.EventLoop;
import dev.partyline.internal.net.RecordingEventHandler;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Recorded;
import dev.partyline.wire.Side;
import dev.partyline.wire.Termination;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A side whose connection its peer has reset sends no FIN, so the ledger has none. */
@SuppressWarnings("try")
@Timeout(60)
class FinAfterResetTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  /** Runs an action while the loop is busy, so that it sees nothing of it before it goes on. */
  private static void whileLoopIsBusy(IoAction action) {
    EventLoop loop = EventLoop.acquire();
    loop.call(
        new RecordingEventHandler(),
        () -> {
          try {
            action.run();
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        });
    loop.call(new RecordingEventHandler(), loop::release);
  }

  private interface IoAction {
    void run() throws IOException;
  }

  private static void reset(Socket socket) throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  private static void assertLedger(Recorded recorded, Object... expected) {
    recorded.recording().awaitClosed(SOON);
    Conversation conversation = recorded.recording().conversations().get(0);
    assertThat(conversation.ledger())
        .extracting(Termination::side, Termination::kind)
        .as("%s", conversation.ledger())
        .isEqualTo(List.of(expected));
  }

  @ParameterizedTest
  @ValueSource(strings = {"shutdownOutput", "close"})
  void a_client_whose_server_has_reset(String end) throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Client client = Client.to(server.getLocalSocketAddress()).start();
        Socket accepted = server.accept()) {
      whileLoopIsBusy(
          () -> {
            reset(accepted);
            if (end.equals("close")) {
              client.close();
            } else {
              client.shutdownOutput();
            }
          });
      assertLedger(client, tuple(Side.SERVER, Termination.Kind.RST));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"shutdownOutput", "close"})
  void a_client_whose_server_has_sent_a_fin_and_reset(String end) throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Client client = Client.to(server.getLocalSocketAddress()).start();
        Socket accepted = server.accept()) {
      accepted.shutdownOutput();
      client.readToEnd();
      whileLoopIsBusy(
          () -> {
            reset(accepted);
            if (end.equals("close")) {
              client.close();
            } else {
              client.shutdownOutput();
            }
          });
      assertLedger(
          client,
          tuple(Side.SERVER, Termination.Kind.FIN),
          tuple(Side.SERVER, Termination.Kind.RST));
    }
  }

  @Test
  void a_listener_that_never_reads() throws IOException {
    try (Listener listener = Listener.neverReading().start();
        Socket client = new Socket(listener.host(), listener.port())) {
      assertThat(listener.recording().await(() -> listener.recording().connections() == 1, SOON))
          .isTrue();
      client.getOutputStream().write(1);
      whileLoopIsBusy(
          () -> {
            reset(client);
            listener.close();
          });
      Conversation conversation = listener.recording().conversations().get(0);
      assertThat(conversation.ledger())
          .extracting(Termination::side, Termination::kind)
          .containsExactly(tuple(Side.CLIENT, Termination.Kind.RST));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"finish", "close"})
  void a_script(String end) throws IOException {
    try (Listener listener = Listener.playing("C: a\nS! " + end).start();
        Socket client = new Socket(listener.host(), listener.port())) {
      assertThat(listener.recording().await(() -> listener.recording().connections() == 1, SOON))
          .isTrue();
      whileLoopIsBusy(
          () -> {
            client.getOutputStream().write("a\r\n".getBytes(US_ASCII));
            reset(client);
          });
      assertLedger(listener, tuple(Side.CLIENT, Termination.Kind.RST));
    }
  }
}
