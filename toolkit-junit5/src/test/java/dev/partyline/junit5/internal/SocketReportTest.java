package dev.partyline.junit5.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.partyline.filter.TcpState;
import dev.partyline.junit5.FreePort;
import dev.partyline.junit5.ScriptedExtension;
import dev.partyline.junit5.TestRun;
import dev.partyline.netstat.ConnectionRow;
import dev.partyline.netstat.ConnectionTable;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;

/** The sockets at the time of a failure, and those of a parameter. */
@EnabledOnOs(OS.LINUX)
public class SocketReportTest {
  @Test
  void aFailingTestShowsTheSocketsThatItHadWhenItFailed() {
    Throwable failure = TestRun.of(ClosesAfterwards.class).failure();
    String port = failure.getMessage();
    assertThat(failure.getSuppressed())
        .singleElement()
        .satisfies(
            each ->
                assertThat(each)
                    .hasMessageMatching("(?s)the sockets of this JVM.*")
                    .hasMessageContaining(":%s LISTEN: 1 connection waits for accept.", port));
  }

  public static class ClosesAfterwards {
    private final ServerSocket server;
    private final Socket client;

    ClosesAfterwards(@FreePort int port) throws IOException {
      server = new ServerSocket(port, 5, InetAddress.getByName("127.0.0.1"));
      client = new Socket(server.getInetAddress(), port);
    }

    @AfterEach
    void close() throws IOException {
      client.close();
      server.close();
    }

    @Test
    void fails() {
      fail(String.valueOf(server.getLocalPort()));
    }
  }

  @Test
  void aDynamicTestThatFailsShowsThemToo() {
    assertThat(TestRun.of(Dynamic.class).failure().getSuppressed()[0])
        .hasMessageContaining("the sockets of this JVM");
  }

  static class Dynamic {
    @FreePort int port;

    @TestFactory
    Stream<DynamicTest> one() {
      return Stream.of(DynamicTest.dynamicTest("fails", () -> fail("mine")));
    }
  }

  @Test
  void ofManyTheFirstAreShown() {
    List<String> explanations = Stream.generate(() -> "x: Waits.").limit(12).toList();
    assertThat(new SocketReport("table\n", explanations, List.of()).text(""))
        .isEqualTo("the sockets of this JVM:\n" + "  x: Waits.\n".repeat(10) + "  … and 2 more\n");
  }

  @Test
  void whatWasThereBeforeTheTestComesLastAndIsMarked() {
    Throwable failure = TestRun.of(AfterAnother.class).failure();
    String[] ports = failure.getMessage().split(" ", 2);
    String earlier = ":" + ports[0] + " LISTEN: 1 connection waits for accept.";
    String own = ":" + ports[1] + " LISTEN: 1 connection waits for accept.";
    String report = failure.getSuppressed()[0].getMessage();
    assertThat(report)
        .contains(own + "\n", earlier + " It was there before this test.\n")
        .containsPattern(
            "127.0.0.1:%s -> 127.0.0.1:\\d+ ESTABLISHED: .* accept\\. It was there before"
                .formatted(ports[0]));
    assertThat(report.indexOf(own)).isLessThan(report.indexOf(earlier));
  }

  static class AfterAnother {
    private static final List<Closeable> SOCKETS = new ArrayList<>();
    private static int earlierPort;

    @FreePort int unused;

    private static int open() throws IOException {
      ServerSocket server = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"));
      SOCKETS.add(server);
      SOCKETS.add(new Socket(server.getInetAddress(), server.getLocalPort()));
      return server.getLocalPort();
    }

    @BeforeAll
    static void openEarlier() throws IOException {
      earlierPort = open();
    }

    @Test
    void fails() throws IOException {
      fail(earlierPort + " " + open());
    }

    @AfterAll
    static void close() throws IOException {
      for (Closeable socket : SOCKETS) {
        socket.close();
      }
      SOCKETS.clear();
    }
  }

  @Test
  void whereThereIsNothingToExplainAndNoFileNothingIsShown() {
    SocketReport socketReport = new SocketReport("table\n", List.of(), List.of());
    assertThat(socketReport.text("")).isEmpty();
    assertThat(socketReport.text(", also in x")).isEqualTo("the sockets of this JVM, also in x\n");
  }

  @Test
  void aParameterHasTheSocketsAsTheyAreThen() {
    TestRun.of(InParameter.class).assertPassed(1);
  }

  @ExtendWith(ScriptedExtension.class)
  static class InParameter {
    @Test
    void seesItself(ConnectionTable table) throws IOException {
      try (ServerSocket server = new ServerSocket(0)) {
        int port = server.getLocalPort();
        assertThat(table.matching("src port " + port + " and state listen").rows()).isEmpty();
        assertThat(ConnectionTable.snapshot().matching("tcp src port " + port).rows())
            .extracting(ConnectionRow::state)
            .contains(TcpState.LISTEN);
      }
    }
  }

  @Test
  void thereIsATableBesideOtherAnnotationsWithoutAnything() {
    TestRun.of(BesideAPort.class).assertPassed(1);
  }

  static class BesideAPort {
    @Test
    void sees(@FreePort int port, ConnectionTable table) {
      // It may be in TIME_WAIT at the other end for a minute after the last lease.
      assertThat(table.matching("src port " + port).rows()).isEmpty();
    }
  }
}
