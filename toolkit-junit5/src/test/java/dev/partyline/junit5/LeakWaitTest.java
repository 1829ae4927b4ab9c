package dev.partyline.junit5;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partyline.loopback.Listener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
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

  @Test
  void whatAnHttpClientHasClosedIsNoLeakWhenTheCollectorRunsMeanwhile() {
    TestRun.of(ResetResponse.class).assertPassed(3);
  }

  @NoSocketLeaks
  static class ResetResponse {
    @ScriptedListener("C: GET / HTTP/1.1\nC: ...\nC:\nS: HTTP/1.1 200 OK\nS! reset")
    private Listener server;

    private static final ScheduledExecutorService COLLECTIONS =
        Executors.newSingleThreadScheduledExecutor();

    private static Future<?> collecting;

    @BeforeAll
    static void collect() {
      collecting = COLLECTIONS.scheduleWithFixedDelay(System::gc, 0, 20, TimeUnit.MILLISECONDS);
    }

    @AfterAll
    static void end() {
      collecting.cancel(false);
      COLLECTIONS.shutdown();
    }

    @RepeatedTest(3)
    void test() {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/")).build();
      assertThatThrownBy(() -> HttpClient.newHttpClient().send(request, BodyHandlers.discarding()))
          .isInstanceOf(IOException.class);
    }
  }
}
