package dev.partyline.junit5;

import static dev.partyline.junit5.Echo.greeted;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partyline.junit5.internal.leaks.LeakCandidates;
import dev.partyline.junit5.internal.leaks.LeakReport;
import dev.partyline.junit5.internal.leaks.LeakScope;
import dev.partyline.junit5.internal.leaks.LeakTimes;
import dev.partyline.loopback.Client;
import dev.partyline.loopback.Listener;
import dev.partyline.loopback.Tap;
import dev.partyline.netstat.NoProc;
import dev.partyline.ports.OpenResource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.Pipe;
import java.nio.channels.Selector;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the failure says of what is left open. */
@EnabledOnOs(OS.LINUX)
class LeakMessagesTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
  @RegisterExtension static final LeakedResources LEAKED = new LeakedResources();

  @Test
  void namesTheConnectionOfTheListenerInTheField() {
    assertThat(TestRun.ofLeaking(ThirdOfThree.class).failure())
        .hasMessageContaining("ThirdOfThree.test() left 1 socket open")
        .hasMessageContaining(" CLOSE_WAIT, descriptor ")
        .hasMessageContaining("the client of your listener `db`, connection 3\n")
        .hasMessageContaining("The peer has sent a FIN, and this program has not closed yet");
  }

  static class ThirdOfThree {
    @ScriptedListener(Echo.SCRIPT)
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
    assertThat(TestRun.ofLeaking(ThroughTap.class).failure())
        .hasMessageContaining("left 1 socket open")
        .hasMessageContaining("the client of your tap `wire`, connection 1\n");
  }

  @NoSocketLeaks
  static class ThroughTap {
    @ScriptedListener(Echo.SCRIPT)
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
    assertThat(TestRun.ofLeaking(Accepted.class).failure())
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
  void guessesWhoWasReset() {
    assertThat(TestRun.ofLeaking(WasReset.class).failure())
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

  @Test
  void theTwoEndsOfAConnectionAreOneLeak() {
    assertThat(TestRun.ofLeaking(BothEnds.class).failure())
        .hasMessageContaining("left 1 connection open:\n  tcp6 127.0.0.1:")
        .hasMessageContaining("\n  its other end is open too: tcp6 127.0.0.1:");
  }

  @NoSocketLeaks
  static class BothEnds {
    @Test
    void test() throws IOException {
      try (ServerSocket server = new ServerSocket(0, 1, LOOPBACK)) {
        LEAKED.add(new Socket(LOOPBACK, server.getLocalPort()));
        LEAKED.add(server.accept());
      }
    }
  }

  @Test
  void theOtherEndOfAListenerOfOursIsToldWithIt() {
    assertThat(TestRun.ofLeaking(OursAndItsOtherEnd.class).failure())
        .hasMessageContaining("left 2 sockets open:\n  Listener{tcp 127.0.0.1:")
        .hasMessageContaining("\n      its other end is open too: tcp6 127.0.0.1:");
  }

  @NoSocketLeaks
  static class OursAndItsOtherEnd {
    @Test
    void test() throws IOException {
      Listener listener = LEAKED.add(Listener.playing(Echo.SCRIPT).start());
      LEAKED.add(greeted(listener));
    }
  }

  @Test
  void selectorsAndPipesAreToldWithTheirDescriptors() {
    assertThat(TestRun.ofLeaking(SelectorAndPipe.class).failure())
        .hasMessageContaining("left 1 selector, 1 pipe open:\n  a selector, descriptors ")
        .hasMessageContaining("\n  a pipe, descriptors ");
  }

  @NoSocketLeaks
  static class SelectorAndPipe {
    @Test
    void test() throws IOException {
      LEAKED.add(Selector.open());
      Pipe pipe = Pipe.open();
      LEAKED.add(pipe.source());
      LEAKED.add(pipe.sink());
    }
  }

  @Test
  void aSocketThatIsOpenedLateComesWithTheThreadsThatCanHaveOpenedIt() {
    assertThat(TestRun.of(LateThread.class).failure())
        .hasMessageContaining("left 2 sockets open:")
        .hasMessageMatching(
            "(?s).*    opened \\d+ ms after the end of the test, by a thread in the background,"
                + " perhaps `late`.*");
  }

  @NoSocketLeaks
  static class LateThread {
    @Test
    void test() throws IOException {
      Thread test = Thread.currentThread();
      CountDownLatch checked = new CountDownLatch(1);
      LEAKED.server();
      new Thread(() -> openDuringTheWait(test, checked), "late").start();
      LEAKED.add(checked::countDown);
    }

    private static void openDuringTheWait(Thread test, CountDownLatch checked) {
      try {
        while (Arrays.stream(test.getStackTrace())
            .noneMatch(frame -> frame.toString().contains(".CloseWait.await("))) {
          LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
        LEAKED.server();
        checked.await();
      } catch (IOException | InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  @Test
  void aThreadThatAnEarlierTestHasLeftIsNamed() {
    TestRun run = TestRun.ofLeaking(LeavesThread.class);
    assertThat(run.failed()).containsExactly("b()");
    assertThat(run.failure())
        .hasMessageContaining("a thread that an earlier test has left running may have opened it")
        .hasMessageContaining("`poller`");
  }

  @NoSocketLeaks
  @TestMethodOrder(MethodOrderer.MethodName.class)
  static class LeavesThread {
    private static final CountDownLatch OPENING = new CountDownLatch(1);
    private static final CountDownLatch OPENED = new CountDownLatch(1);
    private static final CountDownLatch ENDING = new CountDownLatch(1);

    private static void open() {
      try {
        OPENING.await();
        LEAKED.server();
        OPENED.countDown();
        ENDING.await();
      } catch (IOException | InterruptedException e) {
        throw new AssertionError(e);
      }
    }

    @Test
    void a() {
      new Thread(LeavesThread::open, "poller").start();
    }

    @Test
    void b() throws InterruptedException {
      LEAKED.add(ENDING::countDown);
      OPENING.countDown();
      OPENED.await();
    }
  }
}
