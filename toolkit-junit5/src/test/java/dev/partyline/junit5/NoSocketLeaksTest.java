package dev.partyline.junit5;

import static dev.partyline.junit5.Echo.greeted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.loopback.Client;
import dev.partyline.loopback.Listener;
import dev.partyline.loopback.Tap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.opentest4j.TestAbortedException;

/** Which test or class is failed for what is left open. */
@EnabledOnOs(OS.LINUX)
class NoSocketLeaksTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
  @RegisterExtension static final LeakedResources LEAKED = new LeakedResources();

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

    @ScriptedListener(Echo.SCRIPT)
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
    TestRun run = TestRun.ofLeaking(Once.class);
    assertThat(run.failed()).containsExactly("b()");
  }

  @NoSocketLeaks
  @TestMethodOrder(MethodOrderer.MethodName.class)
  static class Once {
    @Test
    void a() {}

    @Test
    void b() throws IOException {
      LEAKED.server();
    }

    @Test
    void c() {}
  }

  @Test
  void aClassAnswersForWhatIsOpenedBesideItsTests() {
    TestRun run = TestRun.ofLeaking(Beside.class);
    assertThat(run.failed()).containsExactly("NoSocketLeaksTest$Beside");
    assertThat(run.failure()).hasMessageStartingWith("Beside left 1 socket open:");
  }

  @NoSocketLeaks
  static class Beside {
    @BeforeAll
    static void open() throws IOException {
      LEAKED.server();
    }

    @Test
    void test() {}
  }

  @Test
  void aTestAnswersForItsConstructorAndWhatIsBeforeEach() {
    assertThat(TestRun.ofLeaking(Around.class).failure())
        .hasMessageContaining("Around.test() left 2 sockets open");
  }

  @NoSocketLeaks
  static class Around {
    Around() throws IOException {
      LEAKED.server();
    }

    @BeforeEach
    void open() throws IOException {
      LEAKED.server();
    }

    @Test
    void test() {}
  }

  @Test
  void aTestThatFailsGetsTheLeakAsWell() {
    Throwable failure = TestRun.ofLeaking(Failing.class).failure();
    assertThat(failure).hasMessage("by itself");
    assertThat(failure.getSuppressed())
        .anySatisfy(each -> assertThat(each).hasMessageContaining("left 1 socket open"));
  }

  static class Failing {
    @Test
    @NoSocketLeaks
    void test() throws IOException {
      LEAKED.server();
      throw new AssertionError("by itself");
    }
  }

  @Test
  void anAbortedTestFailsForItsOwnLeak() {
    TestRun run = TestRun.ofLeaking(Aborted.class);
    assertThat(run.failed()).containsExactly("test()");
    assertThat(run.failure())
        .hasMessageContaining("Aborted.test() left 1 socket open")
        .satisfies(
            failure ->
                assertThat(failure.getSuppressed())
                    .hasAtLeastOneElementOfType(TestAbortedException.class));
  }

  @NoSocketLeaks
  static class Aborted {
    @Test
    void test() throws IOException {
      LEAKED.server();
      Assumptions.abort("later");
    }

    @Test
    @Disabled("comes after it")
    void disabled() {}

    @Test
    void other() {}
  }

  @Test
  void aServerInAStaticFieldBelongsToItsClass() {
    TestRun.of(WithStaticServer.class).assertPassed(2);
    TestRun.of(WithStaticServerInside.class).assertPassed(1);
    TestRun.of(AnnotatedMethod.class).assertPassed(1);
  }

  @NoSocketLeaks
  static class WithStaticServer {
    @AutoClose private static final ServerSocket SERVER = unclosed();

    @Test
    void first() {
      assertThat(SERVER.isBound()).isTrue();
    }

    @Test
    void second() {
      assertThat(SERVER.isClosed()).isFalse();
    }
  }

  static class WithStaticServerInside {
    @AutoClose private static final ServerSocket SERVER = unclosed();

    @Nested
    class Inside {
      @Test
      @NoSocketLeaks
      void test() {
        assertThat(SERVER.isBound()).isTrue();
      }
    }
  }

  static class AnnotatedMethod {
    @AutoClose private static final ServerSocket SERVER = unclosed();

    @Test
    @NoSocketLeaks
    void test() {
      assertThat(SERVER.isBound()).isTrue();
    }
  }

  private static ServerSocket unclosed() {
    try {
      return LEAKED.server();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aStaticFieldThatIsNotClosedFailsTheClass() {
    TestRun run = TestRun.ofLeaking(StaysOpen.class);
    assertThat(run.failed()).containsExactly("NoSocketLeaksTest$StaysOpen");
  }

  @NoSocketLeaks
  static class StaysOpen {
    private static final ServerSocket SERVER = unclosed();

    @Test
    void test() {
      assertThat(SERVER.isBound()).isTrue();
    }
  }
}
