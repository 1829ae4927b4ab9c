package dev.partyline.junit5;

import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static dev.partyline.junit5.LineClient.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.partyline.loopback.Client;
import dev.partyline.loopback.Listener;
import dev.partyline.loopback.Tap;
import dev.partyline.ports.PortLease;
import dev.partyline.ports.Ports;
import dev.partyline.replay.CassetteMode;
import dev.partyline.wire.Bytes;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.Socket;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

@ResourceLock(Resources.SYSTEM_PROPERTIES)
class CassetteTest {
  private static final String ROOT = "partyline.resources";

  private static final String MODE = "partyline.cassette";

  /** The server that the tests below talk to; null where none can be started. */
  private static Listener server;

  /** A port of which the server has gone. */
  private static PortLease refusing;

  @TempDir private Path folder;

  @BeforeEach
  void open() {
    System.setProperty(ROOT, folder.toString());
    // As in a run by hand, also where this test runs in CI.
    System.setProperty(MODE, "always");
    server = Listener.playing("every connection\n  C: ${x}\n  S: ${x}").start();
  }

  @AfterEach
  void close() {
    System.clearProperty(ROOT);
    System.clearProperty(MODE);
    stopServer();
  }

  private static void stopServer() {
    if (server != null) {
      server.close();
    }
    server = null;
  }

  private Path file() {
    return folder.resolve("session.wire");
  }

  static class Session {
    @Tapped(to = "server")
    @Cassette("/session.wire")
    Tap tap;

    static Listener server() {
      if (server == null) {
        throw new IllegalStateException("the server cannot be started");
      }
      return server;
    }

    @Test
    void asks() {
      askTheServer();
    }

    void askTheServer() {
      assertThat(ask(tap, "hello")).isEqualTo("hello");
    }
  }

  static class Differs {
    @Tapped(to = "server")
    @Cassette(value = "/session.wire", mode = CassetteMode.REPLAY)
    Tap tap;

    @Test
    void asks() {
      try (Client client = Client.to(tap.address()).start()) {
        client.sendLine("good bye");
      }
    }
  }

  static class DoesLess {
    @Tapped(to = "server", mustBeUsed = false)
    @Cassette("/session.wire")
    Tap tap;

    @Test
    void doesNothing() {}
  }

  @Test
  void theFirstRunRecordsAndLaterRunsNeedNoServer() {
    TestRun.of(Session.class).assertPassed(1);
    assertThat(file()).content().endsWith("connection\n  C: hello\n  S: hello\n");
    stopServer();
    System.setProperty(MODE, "once");
    TestRun.of(Session.class).assertPassed(1);
    TestRun.of(Session.class).assertPassed(1);
  }

  @Test
  void aClientThatDoesSomethingElseFailsWithBoth() {
    TestRun.of(Session.class).assertPassed(1);
    stopServer();
    System.clearProperty(MODE);
    Throwable failure = TestRun.of(Differs.class).failure();
    assertThat(failure)
        .hasMessageStartingWith("the script of @Cassette field [tap] failed:\nconnection 1 from ")
        .hasMessageContaining("> here      C: hello\n            S: hello\n")
        .hasMessageContaining("received  C: good bye\\r\\n");
    assertThat(failure.getSuppressed()[0])
        .hasMessageContaining(
            "cassette  " + file() + " is replayed; -Dpartyline.cassette=always records it anew");
  }

  @Test
  void aClientThatLeavesSomethingOutFails() {
    TestRun.of(Session.class).assertPassed(1);
    System.setProperty(MODE, "replay");
    assertThat(TestRun.of(DoesLess.class).failure())
        .hasMessageContaining("the script of @Cassette field [tap] was not finished:")
        .hasMessageContaining("no client connected for connection 1:\n  C: hello\n");
  }

  static class AsksTwice extends Session {
    @Override
    @Test
    void asks() {
      askTheServer();
      askTheServer();
    }
  }

  static class AsksOnceAndFails extends Session {
    @Override
    @Test
    void asks() {
      askTheServer();
      fail("something else is wrong");
    }
  }

  @Test
  void aConnectionThatDidNotComeIsNamedOnceAndTheListenerAfterTheCassette() {
    TestRun.of(AsksTwice.class).assertPassed(1);
    System.setProperty(MODE, "replay");
    StringWriter all = new StringWriter();
    TestRun.of(AsksOnceAndFails.class).failure().printStackTrace(new PrintWriter(all));
    assertThat(all.toString())
        .containsOnlyOnce("no client connected for connection 2:\n")
        .contains("tap-cassette.pcapng")
        .doesNotContain("tap-2.");
  }

  static class Fails extends Session {
    @Test
    void failsAfterwards() {
      assertThat(ask(tap, "hello")).isEqualTo("hello");
      fail("something else is wrong");
    }

    @Override
    @Test
    void asks() {
      ask(tap, "hello");
      abort("not today");
    }
  }

  static class FailsLater extends Session {
    @AfterEach
    void fails() {
      fail("something else is wrong");
    }
  }

  @Test
  void aTestThatFailsWritesNothing() {
    assertThat(TestRun.of(Fails.class).failed()).containsExactly("failsAfterwards()");
    assertThat(TestRun.of(FailsLater.class).failed()).containsExactly("asks()");
    assertThat(folder).isEmptyDirectory();
  }

  static class Shared {
    @Tapped(to = "server")
    @Cassette("/session.wire")
    static Tap tap;

    static Listener server() {
      return Session.server();
    }

    @Test
    void one() {
      assertThat(ask(tap, "hello")).isEqualTo("hello");
    }

    @Test
    void two() {
      assertThat(ask(tap, "hello")).isEqualTo("hello");
    }
  }

  static class SharedAndFailing extends Shared {
    @Test
    void three() {
      fail("something is wrong");
    }
  }

  @Test
  void aTapOfTheClassHasOneFileOfAllItsTests() {
    assertThat(TestRun.of(SharedAndFailing.class).failed()).containsExactly("three()");
    assertThat(file()).doesNotExist();
    TestRun.of(Shared.class).assertPassed(2);
    assertThat(file())
        .content()
        .containsOnlyOnce("# Recorded")
        .contains("connection\n  C: hello\n");
    stopServer();
    System.setProperty(MODE, "replay");
    TestRun.of(Shared.class).assertPassed(2);
  }

  static class PerMethod {
    @Test
    void one(
        @Tapped(to = "server") @Cassette(value = "${method}.wire", varying = "C: ${x}") Tap tap) {
      assertThat(ask(tap, "hello " + tap.port())).isEqualTo("hello " + tap.port());
    }

    static Listener server() {
      return Session.server();
    }
  }

  @Test
  void aParameterHasAFileBesideTheTest() {
    TestRun.of(PerMethod.class).assertPassed(1);
    assertThat(folder.resolve("dev/partyline/junit5/one.wire"))
        .content()
        .endsWith("connection\n  C: ${x}\n  S: ${x}\n");
    stopServer();
    System.setProperty(MODE, "replay");
    TestRun.of(PerMethod.class).assertPassed(1);
  }

  static class Encrypted extends Session {
    @Override
    @Test
    void asks() {
      try (Client client = Client.to(tap.address()).start()) {
        client.send(Bytes.hex("1603010200010d0a"));
        client.readLine();
      }
    }
  }

  @Test
  void whatCannotBeReplayedFailsTheTestThatRecordsIt() {
    assertThat(TestRun.of(Encrypted.class).failure())
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith(
            "@Tapped field [tap]: cassette (" + file() + "): connection 1 from ")
        .hasMessageEndingWith("use TapSpec.decrypting()");
    assertThat(folder).isEmptyDirectory();
  }

  static class NoServer {
    @Tapped(to = "refusing")
    @Cassette("/session.wire")
    Tap tap;

    static int refusing() {
      return refusing.port();
    }

    @Test
    void swallowsTheReset() {
      try (Socket socket = new Socket(tap.host(), tap.port())) {
        assertThat(socket.getInputStream().read()).isNegative();
      } catch (IOException e) {
        assertThat(e).hasMessageContaining("reset");
      }
    }
  }

  @Test
  void aServerThatIsGoneIsNotRecorded() {
    try (PortLease lease = Ports.refusing()) {
      refusing = lease;
      assertThat(TestRun.of(NoServer.class).failure())
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("cannot connect to 127.0.0.1:" + lease.port());
    }
    assertThat(folder).isEmptyDirectory();
  }

  static class OneFileForTwo extends Session {
    @Test
    void asksAgain() {
      assertThat(ask(tap, "again")).isEqualTo("again");
    }
  }

  @Test
  void twoTestsThatRecordOneFileAreNamed() {
    assertThat(TestRun.of(OneFileForTwo.class).failure())
        .hasMessageMatching(
            "@Tapped field \\[tap]: cassette \\(.*session.wire\\) was already recorded by"
                + " CassetteTest\\$OneFileForTwo\\.asks(Again)?\\(\\) in this run: .*");
  }

  static class Repeated {
    @RepeatedTest(2)
    void asks(
        RepetitionInfo repetition,
        @Tapped(to = "server") @Cassette("/${method}-${invocation}.wire") Tap tap) {
      String question = "number " + repetition.getCurrentRepetition();
      assertThat(ask(tap, question)).isEqualTo(question);
    }

    @Test
    void asksOnce(@Tapped(to = "server") @Cassette("/${method}-${invocation}.wire") Tap tap) {
      assertThat(ask(tap, "once")).isEqualTo("once");
    }

    static Listener server() {
      return Session.server();
    }
  }

  @Test
  void eachInvocationOfARepeatedTestMayHaveAFile() {
    TestRun.of(Repeated.class).assertPassed(3);
    assertThat(folder.resolve("asks-1.wire")).content().contains("C: number 1");
    assertThat(folder.resolve("asks-2.wire")).content().contains("C: number 2");
    assertThat(folder.resolve("asksOnce-1.wire")).content().contains("C: once");
  }

  static class StaysOpen extends Session {
    private static Client client;

    @Override
    @Test
    void asks() {
      client = Client.to(tap.address()).start();
      client.sendLine("hello");
      client.expectLine("hello");
    }
  }

  @Test
  void aClientThatStaysOpenLeavesNoEndInTheFile() {
    try {
      TestRun.of(StaysOpen.class).assertPassed(1);
      assertThat(file()).content().endsWith("connection\n  C: hello\n  S: hello\n");
      StaysOpen.client.close();
      System.setProperty(MODE, "replay");
      TestRun.of(StaysOpen.class).assertPassed(1);
    } finally {
      StaysOpen.client.close();
    }
  }
}
