package dev.partyline.junit5;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.loopback.Listener;
import dev.partyline.ports.OpenResource;
import dev.partyline.script.Script;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each way of leaving something open fails its test, even if the garbage collector closes it. */
@EnabledOnOs(OS.LINUX)
class LeakTableTest {
  private static final String WEB_SERVER =
      """
      every connection
        repeat
          when
            C: GET /stay HTTP/1.1
            C: ...
            C:
            S: HTTP/1.1 200 OK
            S: Content-Length: 0
            S:
          when
            C: GET /go HTTP/1.1
            C: ...
            C:
            S: HTTP/1.1 200 OK
            S: Content-Length: 0
            S: Connection: close
            S:
            S! close
      """;

  @RegisterExtension static final LeakedResources LEAKED = new LeakedResources();
  private static Listener server;
  private static Listener serverOverIpv6;
  private static Listener webServer;

  @BeforeAll
  static void startServers() throws IOException {
    // Its first client leaves three sockets to the garbage collector.
    HttpClients.createDefault().close();
    server = Listener.silent().start();
    serverOverIpv6 = Listener.silent().overIpv6().start();
    webServer = Listener.playing(Script.parse(WEB_SERVER)).start();
  }

  @AfterAll
  static void stopServers() {
    server.close();
    serverOverIpv6.close();
    webServer.close();
  }

  private static Stream<LeakRow> rows() {
    return Stream.concat(
        new SocketLeaks(server, serverOverIpv6).rows(), new LibraryLeaks(webServer).rows());
  }

  /** A client that was collected closes its connection then. */
  @AfterEach
  void closeConnections() {
    OpenResource.snapshot().stream()
        .filter(each -> each.owner() == webServer)
        .forEach(OpenResource::closeConnections);
  }

  @Test
  void whatIsLeftOpenFailsItsTestThoughTheCollectorClosesIt() {
    List<String> missed = new ArrayList<>(rows().map(row -> row.toString()).toList());
    TestRun run = TestRun.ofLeaking(Leaving.class);
    assertThat(run.failures())
        .allSatisfy(failure -> assertThat(failure).hasMessageStartingWith("Leaving."));
    missed.removeAll(run.failed());
    assertThat(missed).isEmpty();
    assertThat(rows())
        .hasSizeGreaterThan(40)
        .allSatisfy(
            row ->
                assertThat(run.failures())
                    .filteredOn(
                        each -> each.getMessage().startsWith("Leaving.leaves() " + row + " left "))
                    .singleElement()
                    .satisfies(each -> assertReported(row, each.getMessage())));
  }

  /** What was collected before the kernel was asked for its state has none any more. */
  private static void assertReported(LeakRow row, String message) {
    assertThat(message).containsAnyOf(row.reported(), "The garbage collector has closed it since");
  }

  @NoSocketLeaks
  static class Leaving {
    static Stream<LeakRow> rows() {
      return LeakTableTest.rows();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void leaves(LeakRow row) throws Exception {
      if (row.collected()) {
        LEAKED.addWeakly(row.opening().open());
      } else {
        LEAKED.add(row.opening().open());
      }
    }

    @AfterEach
    void collectDuringTheWait() {
      Thread test = Thread.currentThread();
      new Thread(() -> collectWhileItWaits(test), "collector").start();
    }

    private static void collectWhileItWaits(Thread test) {
      while (Arrays.stream(test.getStackTrace())
          .noneMatch(frame -> frame.toString().contains(".CloseWait.await("))) {
        if (!test.isAlive()) {
          return;
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
      }
      LEAKED.letGo();
      System.gc();
    }
  }

  @Test
  void whatIsClosedFailsNoTest() {
    TestRun run = TestRun.of(Closing.class);
    assertThat(run.failures()).isEmpty();
    assertThat(run.finishedEvents()).hasSizeGreaterThan(40);
  }

  @NoSocketLeaks
  static class Closing {
    static Stream<LeakRow> rows() {
      return LeakTableTest.rows();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void closes(LeakRow row) throws Exception {
      row.opening().open().close();
    }
  }
}
