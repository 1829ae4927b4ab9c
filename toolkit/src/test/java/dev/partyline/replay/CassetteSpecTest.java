package dev.partyline.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partyline.loopback.Client;
import dev.partyline.loopback.Listener;
import dev.partyline.loopback.Tap;
import dev.partyline.loopback.TapSpec;
import dev.partyline.script.ScriptException;
import dev.partyline.tls.Tls;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

class CassetteSpecTest {
  @TempDir private Path folder;

  private Path file() {
    return folder.resolve("session.wire");
  }

  private static TapSpec noServer() {
    throw new AssertionError("a replay asks for no server");
  }

  private CassetteSpec cassette() {
    return CassetteSpec.of(file());
  }

  private static void ask(Tap tap, String question, String answer) {
    try (Client client = Client.to(tap.address()).start()) {
      client.send(question);
      client.expect(answer);
    }
  }

  private void record(String script, CassetteSpec.TapUser<RuntimeException> client) {
    try (Listener server = Listener.playing(script).start()) {
      cassette().mode(CassetteMode.ALWAYS).run(() -> Tap.to(server), client);
    }
  }

  @Test
  void theSecondRunNeedsNoServer() {
    record("C: PING\nS: +PONG\nC: PING\nS: +PONG", CassetteSpecTest::pingTwice);
    assertThat(file())
        .content()
        .endsWith("connection\n  C: PING\n  S: +PONG\n  C: PING\n  S: +PONG\n");
    for (int i = 0; i < 2; i++) {
      cassette().run(CassetteSpecTest::noServer, CassetteSpecTest::pingTwice);
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
    record("S: 220 ready\nC: QUIT\nS: 221 bye\nS! close", CassetteSpecTest::readMail);
    cassette().run(CassetteSpecTest::noServer, CassetteSpecTest::readMail);
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
    record("C: SET a 1\nS: +OK", tap -> ask(tap, "SET a 1\r\n", "+OK\r\n"));
    assertThatThrownBy(
            () ->
                cassette()
                    .run(
                        CassetteSpecTest::noServer,
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
  void aConnectionThatTheFileDoesNotHaveIsNamed() {
    record("C: PING\nS: +PONG", tap -> ask(tap, "PING\r\n", "+PONG\r\n"));
    assertThatThrownBy(
            () ->
                cassette()
                    .run(
                        CassetteSpecTest::noServer,
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
        "every connection\n  C: PING\n  S: +PONG",
        tap -> {
          ask(tap, "PING\r\n", "+PONG\r\n");
          ask(tap, "PING\r\n", "+PONG\r\n");
        });
    assertThatThrownBy(
            () ->
                cassette()
                    .run(CassetteSpecTest::noServer, tap -> ask(tap, "PING\r\n", "+PONG\r\n")))
        .hasMessageContaining("no client connected for connection 2:\n  C: PING\n");
  }

  @Test
  void aTestThatFailsWritesNothing() throws IOException {
    assertThatThrownBy(
            () ->
                record(
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
  void aSecretMayBeAnotherInTheReplay() {
    record(
        "C: AUTH ${*}\nS: +OK\nC: GET a\nS: 1",
        tap -> ask(tap, "AUTH sesame\r\nGET a\r\n", "+OK\r\n1\r\n"));
    assertThat(file()).content().contains("C: AUTH ${*}\n").doesNotContain("sesame");
    cassette()
        .run(
            CassetteSpecTest::noServer,
            tap -> ask(tap, "AUTH sesame\r\nGET a\r\n", "+OK\r\n1\r\n"));
    cassette()
        .run(CassetteSpecTest::noServer, tap -> ask(tap, "AUTH x\r\nGET a\r\n", "+OK\r\n1\r\n"));
  }

  @Test
  void allBytesAreInTheFileOnRequest() {
    try (Listener server = Listener.playing("C: AUTH ${*}\nS: +OK").start()) {
      cassette()
          .exact()
          .mode(CassetteMode.ALWAYS)
          .run(() -> Tap.to(server), tap -> ask(tap, "AUTH sesame\r\n", "+OK\r\n"));
    }
    assertThat(file())
        .content()
        .contains("# Exact: secrets are not masked.")
        .contains("AUTH sesame");
  }

  @Test
  void anIdOfTheClientComesBackAsItWasSent() {
    CassetteSpec spec = cassette().varying("C: id ${id}");
    try (Listener server = Listener.playing("C: id ${x}\nS: hello ${x}").start()) {
      spec.mode(CassetteMode.ALWAYS)
          .run(() -> Tap.to(server), tap -> ask(tap, "id 1234\r\n", "hello 1234\r\n"));
    }
    spec.run(CassetteSpecTest::noServer, tap -> ask(tap, "id 987654\r\n", "hello 987654\r\n"));
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
    record(script, CassetteSpecTest::subscribe);
    assertThat(file()).content().contains("await connection2.1");
    cassette().run(CassetteSpecTest::noServer, CassetteSpecTest::subscribe);
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
  void datagramsAreReplayedToo() {
    CassetteSpec spec = cassette().over(Transport.UDP);
    try (Listener server =
        Listener.playing("C| time?\nS| noon\nC| time?\nS| one").over(Transport.UDP).start()) {
      spec.mode(CassetteMode.ALWAYS).run(() -> Tap.to(server), CassetteSpecTest::askForTheTime);
    }
    spec.run(CassetteSpecTest::noServer, CassetteSpecTest::askForTheTime);
  }

  private static void askForTheTime(Tap tap) {
    try (Client client = Client.to(tap.address()).over(Transport.UDP).start()) {
      client.send("time?");
      client.expect("noon");
      client.send("time?");
      client.expect("one");
    }
  }

  @Test
  void aUnixDomainSocketIsReplayedByAnother() {
    CassetteSpec spec = cassette().over(Transport.UNIX);
    try (Listener server = Listener.playing("C: PING\nS: +PONG").over(Transport.UNIX).start()) {
      spec.mode(CassetteMode.ALWAYS)
          .run(() -> Tap.to(server), tap -> ask(tap, "PING\r\n", "+PONG\r\n"));
    }
    spec.run(CassetteSpecTest::noServer, tap -> ask(tap, "PING\r\n", "+PONG\r\n"));
  }

  @Test
  void anIdInADatagramComesBackAsItWasSent() {
    CassetteSpec spec =
        cassette().over(Transport.UDP).varying("C# ${id:2 bytes}", "S# ${id:2 bytes}");
    try (Listener server =
        Listener.playing("C# ${id:2 bytes} 01\nS# ${id:2 bytes} 81").over(Transport.UDP).start()) {
      spec.mode(CassetteMode.ALWAYS).run(() -> Tap.to(server), tap -> resolve(tap, "beef"));
    }
    spec.run(CassetteSpecTest::noServer, tap -> resolve(tap, "cafe"));
  }

  private static void resolve(Tap tap, String id) {
    try (Client client = Client.to(tap.address()).over(Transport.UDP).start()) {
      client.send(Bytes.hex(id + "01"));
      assertThat(client.read(3)).isEqualTo(Bytes.hex(id + "81"));
    }
  }

  @Test
  void aTransportThatAReplayCannotKnowIsNamed() {
    try (Listener server = Listener.playing("C| time?\nS| noon").over(Transport.UDP).start()) {
      assertThatThrownBy(
              () ->
                  cassette()
                      .mode(CassetteMode.ALWAYS)
                      .run(
                          () -> Tap.to(server),
                          tap -> {
                            try (Client client =
                                Client.to(tap.address()).over(Transport.UDP).start()) {
                              client.send("time?");
                              client.expect("noon");
                            }
                          }))
          .hasMessageContaining("was recorded over UDP, and would be replayed over TCP");
    }
    assertThat(file()).doesNotExist();
  }

  @Test
  void tlsIsDecryptedInTheFileAndSpokenInTheReplay() {
    CassetteSpec spec = cassette().tapping(TapSpec::decrypting);
    try (Listener server = Listener.playing("C: PING\nS: +PONG").tls(Tls.standard()).start()) {
      spec.mode(CassetteMode.ALWAYS).run(() -> Tap.to(server), CassetteSpecTest::pingByTls);
    }
    assertThat(file()).content().endsWith("connection\n  C: PING\n  S: +PONG\n");
    spec.run(CassetteSpecTest::noServer, CassetteSpecTest::pingByTls);
  }

  private static void pingByTls(Tap tap) {
    try (Client client = Client.to(tap.address()).tls(Tls.standard()).start()) {
      client.send("PING\r\n");
      client.expect("+PONG\r\n");
    }
  }

  @Test
  void recordedTimesAreKeptOnRequest() {
    CassetteSpec spec = cassette().keepingTimes();
    try (Listener server = Listener.playing("C: PING\npause 100ms\nS: +PONG").start()) {
      spec.mode(CassetteMode.ALWAYS)
          .run(() -> Tap.to(server), tap -> ask(tap, "PING\r\n", "+PONG\r\n"));
    }
    spec.run(
        CassetteSpecTest::noServer,
        tap -> {
          ask(tap, "PING\r\n", "+PONG\r\n");
          assertThat(tap.recording().conversations().get(0).timestampNanos(Side.SERVER, 0))
              .isGreaterThan(90_000_000);
        });
  }

  @Test
  void aMissingFileIsRecordedOnlyWhereThatIsWanted() {
    assertThat(CassetteMode.ONCE.replays(file(), true, true)).isTrue();
    assertThat(CassetteMode.ONCE.replays(file(), false, false)).isFalse();
    assertThat(CassetteMode.ALWAYS.replays(file(), true, true)).isFalse();
    assertThat(CassetteMode.REPLAY.replays(file(), true, false)).isTrue();
    assertThatThrownBy(() -> CassetteMode.ONCE.replays(file(), false, true))
        .hasMessage(
            "cassette (%s) does not exist, and nothing is recorded where the environment has"
                + " CI=true: run the test elsewhere, and commit the file",
            file());
    assertThatThrownBy(() -> CassetteMode.REPLAY.replays(file(), false, false))
        .hasMessage(
            "cassette (%s) does not exist, and mode 'replay' does not record it: 'once' does",
            file());
  }

  @Test
  @ResourceLock(Resources.SYSTEM_PROPERTIES)
  void theSystemPropertyIsForAllCassettes() {
    System.setProperty("partyline.cassette", "replay");
    try {
      assertThatThrownBy(() -> cassette().start(CassetteSpecTest::noServer))
          .hasMessageContaining("mode 'replay' does not record it");
      System.setProperty("partyline.cassette", "sometimes");
      assertThatThrownBy(() -> cassette().start(CassetteSpecTest::noServer))
          .hasMessage("-Dpartyline.cassette=sometimes must be 'once', 'replay' or 'always'");
    } finally {
      System.clearProperty("partyline.cassette");
    }
  }

  @Test
  void aFileThatCannotBePlayedIsNamed() throws IOException {
    Files.writeString(file(), "connection\n  S: ${*}\n");
    assertThatThrownBy(() -> cassette().start(CassetteSpecTest::noServer))
        .isInstanceOf(ScriptException.class)
        .hasMessageContaining("session.wire:2:3");
  }
}
