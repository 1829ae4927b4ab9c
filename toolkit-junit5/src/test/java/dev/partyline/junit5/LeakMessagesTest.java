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
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
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
  private static final String ECHO = "every connection\n  C: hi\n  S: hello";
  @RegisterExtension static final LeakedResources LEAKED = new LeakedResources();

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
