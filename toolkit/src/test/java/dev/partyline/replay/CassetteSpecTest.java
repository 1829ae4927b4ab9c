package dev.partyline.replay;

import static dev.partyline.replay.CassetteRuns.ask;
import static dev.partyline.replay.CassetteRuns.record;
import static dev.partyline.replay.CassetteRuns.replay;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partyline.loopback.Client;
import dev.partyline.loopback.Listener;
import dev.partyline.loopback.Tap;
import dev.partyline.ports.PortLease;
import dev.partyline.ports.Ports;
import dev.partyline.script.ScriptException;
import dev.partyline.wire.Side;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class CassetteSpecTest extends CassetteFolder {
  @Test
  void theSecondRunNeedsNoServer() {
    record(cassette(), "C: PING\nS: +PONG\nC: PING\nS: +PONG", CassetteSpecTest::pingTwice);
    assertThat(file())
        .content()
        .endsWith("connection\n  C: PING\n  S: +PONG\n  C: PING\n  S: +PONG\n");
    for (int i = 0; i < 2; i++) {
      replay(cassette(), CassetteSpecTest::pingTwice);
    }
  }

  private static void pingTwice(Tap tap) {
    try (Client client = Client.to(tap.address()).start()) {
      client.send("PING\r\n");
      client.expect("+PONG\r\n");
      client.send("PING\r\n");
      client.expect("+PONG\r\n");
    }
  }

  @Test
  void aServerMaySpeakFirst() {
    record(cassette(), "S: 220 ready\nC: QUIT\nS: 221 bye\nS! close", CassetteSpecTest::readMail);
    replay(cassette(), CassetteSpecTest::readMail);
  }

  private static void readMail(Tap tap) {
    try (Client client = Client.to(tap.address()).start()) {
      client.expect("220 ready\r\n");
      client.send("QUIT\r\n");
      assertThat(client.readToEnd().utf8()).isEqualTo("221 bye\r\n");
    }
  }

  @Test
  void whatDiffersIsShownAtOnceWithBothConversations() {
    record(cassette(), "C: SET a 1\nS: +OK", tap -> ask(tap, "SET a 1\r\n", "+OK\r\n"));
    assertThatThrownBy(
            () ->
                replay(
                    cassette(),
                    tap -> {
                      try (Client client = Client.to(tap.address()).start()) {
                        client.send("SET b 1\r\n");
                      }
                    }))
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith(
            "the client did not do what is in " + file() + ":\nconnection 1 from ")
        .hasMessageContaining(
            """
            : wrong bytes: the client sent something else
            > here      C: SET a 1
                        S: +OK
              expected  C: SET a 1
              received  C: SET b
            """
                .stripTrailing())
        .hasMessageEndingWith("if that is right, -Dpartyline.cassette=always records it anew");
  }

  @Test
  void whatAClientThrowsThatWasResetIsTheCauseOfTheDifference() {
    record(cassette(), "C: SET a 1\nS: +OK", tap -> ask(tap, "SET a 1\r\n", "+OK\r\n"));
    assertThatThrownBy(() -> cassette().run(CassetteRuns::noServer, CassetteSpecTest::setAnother))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("> here      C: SET a 1")
        .hasMessageContaining("received  C: SET b")
        .cause()
        .isInstanceOf(SocketException.class);
  }

  private static void setAnother(Tap tap) throws IOException {
    try (Socket socket = new Socket(tap.host(), tap.port())) {
      socket.getOutputStream().write("SET b 1\r\n".getBytes(US_ASCII));
      assertThat(socket.getInputStream().read()).isEqualTo('+');
    }
  }

  @Test
  void whatAClientThrowsForAnotherReasonIsThrownAsItIs() {
    record(cassette(), "C: PING\nS: +PONG", tap -> ask(tap, "PING\r\n", "+PONG\r\n"));
    IOException failure = new IOException("the disk is full");
    assertThatThrownBy(
            () ->
                cassette()
                    .run(
                        CassetteRuns::noServer,
                        tap -> {
                          throw failure;
                        }))
        .isSameAs(failure);
  }

  @Test
  void aConnectionThatTheFileDoesNotHaveIsNamed() {
    record(cassette(), "C: PING\nS: +PONG", tap -> ask(tap, "PING\r\n", "+PONG\r\n"));
    assertThatThrownBy(
            () ->
                replay(
                    cassette(),
                    tap -> {
                      ask(tap, "PING\r\n", "+PONG\r\n");
                      connectAgain(tap);
                    }))
        .hasMessageContaining("connection 2 from ")
        .hasMessageContaining("extra connection");
  }

  private static void connectAgain(Tap tap) {
    try (Socket socket = new Socket(tap.host(), tap.port())) {
      assertThat(socket.getInputStream().read()).isNegative();
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("reset");
    }
  }

  @Test
  void aConnectionThatDoesNotComeIsNamed() {
    record(
        cassette(),
        "every connection\n  C: PING\n  S: +PONG",
        tap -> {
          ask(tap, "PING\r\n", "+PONG\r\n");
          ask(tap, "PING\r\n", "+PONG\r\n");
        });
    assertThatThrownBy(() -> replay(cassette(), tap -> ask(tap, "PING\r\n", "+PONG\r\n")))
        .hasMessageContaining("no client connected for connection 2:\n  C: PING\n");
  }

  @Test
  void aTestThatFailsWritesNothing() throws IOException {
    assertThatThrownBy(
            () ->
                record(
                    cassette(),
                    "C: PING\nS: +PONG",
                    tap -> {
                      ask(tap, "PING\r\n", "+PONG\r\n");
                      throw new IllegalStateException("the test fails");
                    }))
        .hasMessage("the test fails");
    assertThat(folder).isEmptyDirectory();
    Files.writeString(file(), "what it was before");
    assertThatThrownBy(
            () ->
                cassette()
                    .mode(CassetteMode.ALWAYS)
                    .run(
                        () -> Tap.to(1),
                        tap -> {
                          throw new IllegalStateException("the test fails");
                        }))
        .hasMessage("the test fails");
    assertThat(file()).hasContent("what it was before");
  }

  @Test
  void aServerThatIsGoneIsNotRecorded() {
    try (PortLease refusing = Ports.refusing()) {
      assertThatThrownBy(
              () ->
                  cassette()
                      .mode(CassetteMode.ALWAYS)
                      .run(() -> Tap.to(refusing.port()), CassetteSpecTest::connectAgain))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith("cassette (" + file() + "): connection 1 from ")
          .hasMessageEndingWith(
              " reached no server that could be replayed (cannot connect to 127.0.0.1:%d:"
                  + " Connection refused): start the server before the client connects",
              refusing.port());
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aClientThatFailsWithoutAServerIsToldSo() {
    try (PortLease refusing = Ports.refusing()) {
      assertThatThrownBy(
              () ->
                  cassette()
                      .mode(CassetteMode.ALWAYS)
                      .run(() -> Tap.to(refusing.port()), CassetteSpecTest::setAnother))
          .isInstanceOf(IOException.class)
          .satisfies(
              failure ->
                  assertThat(failure.getSuppressed())
                      .singleElement()
                      .asString()
                      .contains("cannot connect to 127.0.0.1:" + refusing.port()));
    }
  }

  @Test
  void aFileIsRecordedByOneTestOfARun() {
    record(cassette().named("teaIsSold()"), "C: PING\nS: +PONG", CassetteSpecTest::ping);
    record(cassette().named("teaIsSold()"), "C: PING\nS: +PONG", CassetteSpecTest::ping);
    String problem =
        "cassette (%s) was already recorded by teaIsSold() in this run: give each test a file of its"
            + " own";
    CassetteSpec other = cassette().named("coffeeIsSold()");
    assertThatThrownBy(() -> other.start(CassetteRuns::noServer)).hasMessage(problem, file());
    assertThatThrownBy(() -> other.mode(CassetteMode.ALWAYS).start(CassetteRuns::noServer))
        .hasMessage(problem, file());
    assertThatThrownBy(() -> record(cassette(), "C: PING\nS: +PONG", CassetteSpecTest::ping))
        .hasMessage(problem, file());
    replay(other.mode(CassetteMode.REPLAY), CassetteSpecTest::ping);
    replay(cassette().named("teaIsSold()"), CassetteSpecTest::ping);
  }

  @Test
  void ofTwoSessionsThatRecordOneFileTheSecondFails() {
    try (Listener server = Listener.playing("every connection\n  C: PING\n  S: +PONG").start();
        CassetteSession first = cassette().mode(CassetteMode.ALWAYS).start(() -> Tap.to(server));
        CassetteSession second = cassette().mode(CassetteMode.ALWAYS).start(() -> Tap.to(server))) {
      ping(first.tap());
      first.complete();
      first.complete();
      ping(second.tap());
      assertThatThrownBy(second::complete)
          .hasMessageContaining("was already recorded by another session in this run");
    }
  }

  private static void ping(Tap tap) {
    ask(tap, "PING\r\n", "+PONG\r\n");
  }

  @Test
  void theOrderAcrossConnectionsIsKept() {
    String script =
        """
        connection
          C: SUBSCRIBE
          S: subscribed
          await published
          S: rain
        connection
          C: PUBLISH rain
          mark published
          S: 1
        """;
    record(cassette(), script, CassetteSpecTest::subscribe);
    assertThat(file()).content().contains("await connection2.1");
    replay(cassette(), CassetteSpecTest::subscribe);
  }

  private static void subscribe(Tap tap) {
    try (Client subscriber = Client.to(tap.address()).start();
        Client publisher = Client.to(tap.address()).start()) {
      subscriber.send("SUBSCRIBE\r\n");
      subscriber.expect("subscribed\r\n");
      tap.drainInput();
      assertThat(tap.recording().conversations().get(0).bytes(Side.SERVER).utf8())
          .isEqualTo("subscribed\r\n");
      publisher.send("PUBLISH rain\r\n");
      subscriber.expect("rain\r\n");
      publisher.expect("1\r\n");
    }
  }

  @Test
  @Timeout(20)
  void aConnectionDoesNotWaitForAnotherThatHasFailed() throws IOException {
    Files.writeString(
        file(),
        """
        connection
          C: SUBSCRIBE
          await connection2.1
          S: rain
        connection
          C: PUBLISH rain
          mark connection2.1
        """);
    assertThatThrownBy(
            () -> cassette().run(CassetteRuns::noServer, CassetteSpecTest::subscribeAndSetAnother))
        .hasMessageMatching(
            "(?s).*\nconnection 2 from .*: wrong bytes: .*\nconnection 1 from .*: stopped: mark"
                + " 'connection2.1' cannot be set any more, .*")
        .hasCauseInstanceOf(SocketException.class);
  }

  private static void subscribeAndSetAnother(Tap tap) throws IOException {
    try (Socket subscriber = new Socket(tap.host(), tap.port())) {
      subscriber.getOutputStream().write("SUBSCRIBE\r\n".getBytes(US_ASCII));
      tap.drainInput();
      assertThatThrownBy(() -> setAnother(tap)).isInstanceOf(SocketException.class);
      assertThat(subscriber.getInputStream().read()).isEqualTo('r');
    }
  }

  @Test
  void recordedTimesAreKeptOnRequest() {
    CassetteSpec spec = cassette().keepingTimes();
    record(spec, "C: PING\npause 100ms\nS: +PONG", tap -> ask(tap, "PING\r\n", "+PONG\r\n"));
    replay(
        spec,
        tap -> {
          ask(tap, "PING\r\n", "+PONG\r\n");
          assertThat(tap.recording().conversations().get(0).timestampNanos(Side.SERVER, 0))
              .isGreaterThan(90_000_000);
        });
  }

  @Test
  void aFileWithoutLinesIsNamed() throws IOException {
    for (String text : List.of("", "# Recorded.\n\n# Nothing else.\n")) {
      Files.writeString(file(), text);
      assertThatThrownBy(() -> cassette().start(CassetteRuns::noServer))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "cassette (%s) has no lines to replay: delete it, or record it anew by"
                  + " -Dpartyline.cassette=always",
              file());
    }
  }

  @Test
  void aFolderIsNotReplaced() throws IOException {
    Files.createDirectory(file());
    assertThatThrownBy(() -> cassette().mode(CassetteMode.ALWAYS).start(CassetteRuns::noServer))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("cassette (%s) is a folder: it needs the name of a file", file());
    assertThat(file()).isEmptyDirectory();
  }

  @Test
  void aFileThatCannotBePlayedIsNamed() throws IOException {
    Files.writeString(file(), "connection\n  S: ${*}\n");
    assertThatThrownBy(() -> cassette().start(CassetteRuns::noServer))
        .isInstanceOf(ScriptException.class)
        .hasMessageContaining("session.wire:2:6");
  }
}
