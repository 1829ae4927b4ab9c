package dev.partyline.junit5;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How long a test that leaves something open is waited for, and what is closed meanwhile. */
@EnabledOnOs(OS.LINUX)
class LeakWaitTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
  @RegisterExtension static final LeakedResources LEAKED = new LeakedResources();

  @Test
  void waitsForTheSelectorOfAChannelThatIsClosed() {
    TestRun.of(ClosedChannel.class).assertPassed(1);
  }

  @NoSocketLeaks
  static class ClosedChannel {
    private static Selector selector;

    @BeforeAll
    static void open() throws IOException {
      selector = Selector.open();
    }

    @AfterAll
    static void close() throws IOException {
      selector.close();
    }

    @Test
    void test() throws IOException {
      SocketChannel channel = SocketChannel.open();
      channel.configureBlocking(false).register(selector, SelectionKey.OP_CONNECT);
      channel.close();
      CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS).execute(ClosedChannel::select);
    }

    private static void select() {
      try {
        selector.selectNow();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Test
  void whatIsClosedALittleLaterIsNoLeak() {
    TestRun.of(Later.class).assertPassed(1);
  }

  @NoSocketLeaks
  static class Later {
    @Test
    void test() throws IOException {
      ServerSocket server = new ServerSocket(0, 1, LOOPBACK);
      CompletableFuture.delayedExecutor(10, TimeUnit.MILLISECONDS)
          .execute(
              () -> {
                try {
                  server.close();
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }
}
