package dev.partyline.junit5;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partyline.junit5.internal.LeakCandidates;
import dev.partyline.junit5.internal.LeakReport;
import dev.partyline.junit5.internal.LeakScope;
import dev.partyline.junit5.internal.LeakTimes;
import dev.partyline.loopback.Client;
import dev.partyline.loopback.Listener;
import dev.partyline.loopback.Tap;
import dev.partyline.netstat.NoProc;
import dev.partyline.ports.OpenResource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Which test or class is failed for what is left open, when, and with which message. */
@EnabledOnOs(OS.LINUX)
class NoSocketLeaksTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
  private static final String ECHO = "every connection\n  C: hi\n  S: hello";
  @RegisterExtension static final LeakedResources LEAKED = new LeakedResources();

  private static ServerSocket server() throws IOException {
    return LEAKED.add(new ServerSocket(0, 1, LOOPBACK));
  }

  private static Socket greeted(Listener listener) throws IOException {
    Socket socket = new Socket(listener.host(), listener.port());
    socket.getOutputStream().write("hi\r\n".getBytes(UTF_8));
    assertThat(socket.getInputStream().readNBytes(7)).hasSize(7);
    return socket;
  }

  @Test
  void namesTheConnectionOfTheListenerInTheField() {
    assertThat(TestRun.of(ThirdOfThree.class).failure())
        .hasMessageContaining("ThirdOfThree.test() left 1 socket open")
        .hasMessageContaining(" CLOSE_WAIT, descriptor ")
        .hasMessageContaining("the client of your listener `db`, connection 3\n")
        .hasMessageContaining("The peer has sent a FIN, and this program has not closed yet");
  }

  static class ThirdOfThree {
    @ScriptedListener(ECHO)
    Listener db;

    @Test
    @NoSocketLeaks
    void test() throws IOException {
      greeted(db).close();
      greeted(db).close();
      LEAKED.add(greeted(db));
    }
  }

  @Test
  void namesTheTapInTheParameter() {
    assertThat(TestRun.of(ThroughTap.class).failure())
        .hasMessageContaining("left 1 socket open")
        .hasMessageContaining("the client of your tap `wire`, connection 1\n");
  }

  @NoSocketLeaks
  static class ThroughTap {
    @ScriptedListener(ECHO)
    Listener db;

    @Test
    void test(@Tapped(to = "db") Tap wire) throws IOException {
      Socket socket = LEAKED.add(new Socket(wire.host(), wire.port()));
      socket.getOutputStream().write("hi\r\n".getBytes(UTF_8));
      assertThat(socket.getInputStream().readNBytes(7)).hasSize(7);
    }
  }

  @Test
  void namesTheClientOfAnAcceptedSocket() {
    assertThat(TestRun.of(Accepted.class).failure())
        .hasMessageContaining("left 1 socket open")
        .hasMessageContaining("the server's end of your client `telnet`, connection 1");
  }

  @NoSocketLeaks
  static class Accepted {
    @AutoClose ServerSocket server = new ServerSocket(0, 1, LOOPBACK);

    @ScriptedClient(to = "port")
    Client telnet;

    Accepted() throws IOException {}

    int port() {
      return server.getLocalPort();
    }

    @Test
    void test() throws IOException {
      assertThat(telnet).isNotNull();
      LEAKED.add(server.accept());
    }
  }

  @Test
  void waitsForTheSelectorOfAChannelThatIsClosed() {
    TestRun.of(ClosedChannel.class).assertPassed(1);
  }

  @NoSocketLeaks
  static class ClosedChannel {
    @Test
    void test() throws IOException {
      Selector selector = LEAKED.add(Selector.open());
      SocketChannel channel = SocketChannel.open();
      channel.configureBlocking(false).register(selector, SelectionKey.OP_CONNECT);
      channel.close();
      CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS).execute(() -> select(selector));
    }

    private static void select(Selector selector) {
      try {
        selector.selectNow();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Test
  void guessesWhoWasReset() {
    assertThat(TestRun.of(WasReset.class).failure())
        .hasMessageContaining("a socket that neither listens nor is connected, descriptor ")
        .hasMessageContaining("perhaps what was reset as the client of your listener `db`, conne");
  }

  @NoSocketLeaks
  static class WasReset {
    @ScriptedListener("C: hi\nS! reset")
    Listener db;

    @Test
    void test() throws IOException {
      Socket socket = LEAKED.add(new Socket(db.host(), db.port()));
      socket.getOutputStream().write("hi\r\n".getBytes(UTF_8));
      assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(IOException.class);
    }
  }

  @Test
  void endpointsOfAnnotationsAreNoLeaks() {
    TestRun.of(AllEndpoints.class).assertPassed(3);
  }

  @NoSocketLeaks
  @TestMethodOrder(MethodOrderer.MethodName.class)
  static class AllEndpoints {
    @ScriptedListener("repeat\n  C: hi\n  S: hello")
    static Listener shared;

    @ScriptedClient(to = "shared")
    static Client telnet;

    @ScriptedListener(ECHO)
    Listener db;

    @Tapped(to = "db")
    Tap tap;

    @Test
    void first(@ScriptedListener("C: hi") Listener own) throws IOException {
      telnet.sendLine("hi");
      telnet.expectLine("hello");
      greeted(db).close();
      try (Client tapClient = Client.to(tap.address()).start();
          Client client = Client.to(own.address()).start()) {
        tapClient.sendLine("hi");
        tapClient.expectLine("hello");
        client.sendLine("hi");
      }
    }

    @Nested
    class Inside {
      @Test
      void second() throws IOException {
        greetAll();
      }

      @Test
      void third() throws IOException {
        greetAll();
      }

      private void greetAll() throws IOException {
        telnet.sendLine("hi");
        telnet.expectLine("hello");
        greeted(db).close();
        try (Client tapClient = Client.to(tap.address()).start()) {
          tapClient.sendLine("hi");
          tapClient.expectLine("hello");
        }
      }
    }
  }

  @Test
  void theInstanceOfAClassMayHaveWhatItCloses() {
    try (Listener listener = Listener.silent().start()) {
      Staying.port = listener.port();
      TestRun.of(Staying.class).assertPassed(2);
    }
  }

  @NoSocketLeaks
  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  static class Staying {
    static int port;

    @AutoClose private final Socket open = new Socket(LOOPBACK, port);

    Staying() throws IOException {}

    @Test
    void first() {
      assertThat(open.isConnected()).isTrue();
    }

    @Test
    void second() {
      assertThat(open.isClosed()).isFalse();
    }
  }

  @Test
  void whatOtherExtensionsStoreIsClosedBeforeItIsJudged() {
    TestRun.of(Stored.class).assertPassed(1);
  }

  @NoSocketLeaks
  @ExtendWith(Storing.class)
  static class Stored {
    @Test
    void test() {}
  }

  static class Storing implements BeforeEachCallback {
    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
      ServerSocket server = new ServerSocket(0, 1, LOOPBACK);
      context.getStore(ExtensionContext.Namespace.create(Storing.class)).put("server", server);
    }
  }

  @Test
  void aLeakIsReportedOnce() {
    TestRun run = TestRun.of(Once.class);
    assertThat(run.failed()).containsExactly("b()");
  }

  @NoSocketLeaks
  @TestMethodOrder(MethodOrderer.MethodName.class)
  static class Once {
    @Test
    void a() {}

    @Test
    void b() throws IOException {
      server();
    }

    @Test
    void c() {}
  }

  @Test
  void aClassAnswersForWhatIsOpenedBesideItsTests() {
    TestRun run = TestRun.of(Beside.class);
    assertThat(run.failed()).containsExactly("NoSocketLeaksTest$Beside");
    assertThat(run.failure()).hasMessageStartingWith("Beside left 1 socket open:");
  }

  @NoSocketLeaks
  static class Beside {
    @BeforeAll
    static void open() throws IOException {
      server();
    }

    @Test
    void test() {}
  }

  @Test
  void aTestAnswersForItsConstructorAndWhatIsBeforeEach() {
    assertThat(TestRun.of(Around.class).failure())
        .hasMessageContaining("Around.test() left 2 sockets open");
  }

  @NoSocketLeaks
  static class Around {
    Around() throws IOException {
      server();
    }

    @BeforeEach
    void open() throws IOException {
      server();
    }

    @Test
    void test() {}
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
  void aTestThatFailsGetsTheLeakAsWell() {
    Throwable failure = TestRun.of(Failing.class).failure();
    assertThat(failure).hasMessage("by itself");
    assertThat(failure.getSuppressed())
        .anySatisfy(each -> assertThat(each).hasMessageContaining("left 1 socket open"));
  }

  static class Failing {
    @Test
    @NoSocketLeaks
    void test() throws IOException {
      server();
      throw new AssertionError("by itself");
    }
  }

  @Test
  void leaksOfAnAbortedTestAreReportedForItsClass() {
    TestRun run = TestRun.of(Aborted.class);
    assertThat(run.failed()).containsExactly("NoSocketLeaksTest$Aborted");
    assertThat(run.failure()).hasMessageContaining("Aborted.test() left 1 socket open");
  }

  @NoSocketLeaks
  static class Aborted {
    @Test
    void test() throws IOException {
      server();
      Assumptions.abort("later");
    }
  }

  @Test
  void withoutProcOnlyOursAreReported() {
    TestRun.of(WithoutProc.class).assertPassed(1);
    assertThat(WithoutProc.message)
        .contains("left 1 socket open:\n  Listener{tcp 127.0.0.1:", "there is no /proc");
  }

  static class WithoutProc {
    static String message = "";

    @Test
    @NoSocketLeaks
    @ExtendWith(ReportingLeaks.class)
    void test() {}
  }

  static class ReportingLeaks implements AfterTestExecutionCallback {
    @Override
    public void afterTestExecution(ExtensionContext context) {
      LeakScope scope = LeakScope.nearest(context).orElseThrow();
      var resourcesBefore = OpenResource.snapshot();
      try (Listener listener = Listener.playing("C: hi").start()) {
        assertThat(listener).isNotNull();
        var openResources = new HashSet<>(OpenResource.snapshot());
        openResources.removeAll(resourcesBefore);
        LeakCandidates candidates =
            new LeakCandidates(
                Set.of(scope), NoProc.openSockets(), openResources, List.of(), List.of());
        LeakReport report = LeakReport.of(candidates, new LeakTimes());
        WithoutProc.message = LeakReport.error(List.of(report)).getMessage();
      }
    }
  }
}
