package dev.partyline.loopback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.internal.net.EventLoop;
import dev.partyline.internal.net.RecordingEventHandler;
import dev.partyline.wire.Side;
import dev.partyline.wire.Termination;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** How the end of a server is recorded if the client writes to it before it reads. */
class WriteAfterPeerCloseTest {
  private final List<Thread> senders = new ArrayList<>();
  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

  @Test
  void an_rst_is_an_rst_and_not_a_fin() throws Exception {
    assertThat(terminations(0, 1)).containsExactly(Termination.Kind.RST);
  }

  @Test
  void a_fin_before_the_rst_is_still_received() throws Exception {
    // The first line causes the RST, the second one is answered by it.
    assertThat(terminations(-1, 2)).startsWith(Termination.Kind.FIN);
  }

  private List<Termination.Kind> terminations(int linger, int lines) throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Client client = Client.to(server.getLocalSocketAddress()).start()) {
      EventLoop loop = EventLoop.acquire();
      CountDownLatch queued = new CountDownLatch(1);
      CountDownLatch begun = new CountDownLatch(1);
      CountDownLatch gone = new CountDownLatch(1);
      try {
        // The loop runs what is queued meanwhile in one go, without looking at the channels.
        loop.execute(new RecordingEventHandler(), () -> await(queued));
        loop.execute(
            new RecordingEventHandler(),
            () -> {
              begun.countDown();
              await(gone);
            });
        for (int i = 0; i < lines; i++) {
          sendInBackground(client);
        }
        queued.countDown();
        begun.await();
        acceptAndClose(server, linger);
      } finally {
        queued.countDown();
        gone.countDown();
        loop.call(new RecordingEventHandler(), loop::release);
      }
      for (Thread sender : senders) {
        sender.join();
      }
      assertThat(failures)
          .allSatisfy(e -> assertThat(e).hasMessageContaining("the peer has sent an RST"));
      client.recording().awaitClosed(Duration.ofSeconds(20));
      return client.conversation().ledger().stream()
          .filter(termination -> termination.side() == Side.SERVER)
          .map(Termination::kind)
          .toList();
    }
  }

  private static void acceptAndClose(ServerSocket server, int linger) throws IOException {
    try (Socket peer = server.accept()) {
      peer.setSoLinger(linger >= 0, Math.max(linger, 0));
    }
  }

  private void sendInBackground(Client client) {
    Thread sender =
        new Thread(
            () -> {
              try {
                client.sendLine("hello");
              } catch (AssertionError e) {
                failures.add(e);
              }
            });
    senders.add(sender);
    sender.start();
    while (sender.getState() != Thread.State.TIMED_WAITING && sender.isAlive()) {
      Thread.onSpinWait();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
