package dev.partyline.script.transcript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partyline.script.Script;
import dev.partyline.script.ScriptException;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.ConversationRecorder;
import dev.partyline.wire.Recorder;
import dev.partyline.wire.RecordingPolicy;
import dev.partyline.wire.Side;
import dev.partyline.wire.Termination;
import dev.partyline.wire.Transport;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ReplayScriptTest {
  private static final String HEADER =
      "# Recorded. A listener plays this in place of the server.\n";

  private final AtomicLong clock = new AtomicLong();
  private final Recorder recorder = new Recorder(clock::get);
  private final ConversationRecorder first = open();

  private ConversationRecorder open() {
    return recorder.open(Transport.TCP, "127.0.0.1:1", "127.0.0.1:2");
  }

  private void client(ConversationRecorder connection, String text) {
    send(connection, Side.CLIENT, text);
  }

  private void server(ConversationRecorder connection, String text) {
    send(connection, Side.SERVER, text);
  }

  private void send(ConversationRecorder connection, Side side, String text) {
    clock.addAndGet(1_000_000);
    connection.recordSent(side, Bytes.utf8(text).toBuffer());
  }

  private ReplayScript replay() {
    return ReplayScript.of(recorder.recording());
  }

  @Test
  void howTheClientClosesIsLeftOut() {
    client(first, "QUIT\r\n");
    server(first, "+OK\r\n");
    first.recordFin(Side.CLIENT);
    first.recordFin(Side.SERVER);
    assertThat(replay().text()).isEqualTo(HEADER + "connection\n  C: QUIT\n  S: +OK\n");
  }

  @Test
  void aHalfCloseThatIsAnsweredStays() {
    client(first, "all of it\r\n");
    first.recordFin(Side.CLIENT);
    server(first, "14 bytes\r\n");
    first.recordFin(Side.SERVER);
    assertThat(replay().text())
        .isEqualTo(HEADER + "connection\n  C: all of it\n  C! finish\n  S: 14 bytes\n");
  }

  @Test
  void aServerThatClosesFirstDoesSoAgain() {
    server(first, "too busy\r\n");
    first.recordFin(Side.SERVER);
    first.recordFin(Side.CLIENT);
    assertThat(replay().text()).isEqualTo(HEADER + "connection\n  S: too busy\n  S! finish\n");
  }

  @Test
  void whatAFaultHasEndedIsReplayedWithoutTheFault() {
    client(first, "GET\r\n");
    server(first, "one");
    first.recordFin(Side.SERVER, Termination.Kind.FAULT, "cut after 2 bytes");
    first.recordRst(Side.CLIENT, Termination.Kind.FAULT, "cut after 2 bytes");
    server(first, " two\r\n");
    assertThat(replay().text()).isEqualTo(HEADER + "connection\n  C: GET\n  S: one two\n");
  }

  @Test
  void timesAndTheChunksOfTheServerAreKeptOnRequest() {
    client(first, "GE");
    client(first, "T\r\n");
    server(first, "one");
    server(first, " two\r\n");
    assertThat(replay().keepingTimes().text())
        .isEqualTo(
            HEADER
                + """
                connection
                  [+0.001000000] C: GET
                  [+0.003000000] S| one
                  cut
                  [+0.004000000] S:  two
                """);
  }

  @Test
  void secretsOfTheClientMayBeAnyAndThoseOfTheServerAreMasked() {
    client(first, "GET / HTTP/1.1\r\nAuthorization: Bearer abcdef123456\r\n\r\n");
    server(first, "HTTP/1.1 200 OK\r\nSet-Cookie: sid=4242424242\r\nContent-Length: 0\r\n\r\n");
    client(first, "{\"password\":\"sesame\"}");
    assertThat(replay().text())
        .isEqualTo(
            HEADER
                + """
                # Masked: an asterisk stands for each byte of a secret that the server sent; \
                ${*} takes one of the client.
                connection
                  C: GET / HTTP/1.1
                  C: Authorization: ${*}
                  C:
                  S: HTTP/1.1 200 OK
                  S: Set-Cookie: sid=**********
                  S: Content-Length: 0
                  S:
                  C| {"password":"${*}"}
                """);
    assertThat(replay().redacting(Redaction.none()).text())
        .startsWith(HEADER + "# Exact: secrets are not masked.\n")
        .contains("S: Set-Cookie: sid=4242424242\n");
  }

  @Test
  void aTokenOfTheServerIsAnyWhereTheClientSendsItBackUnderNoName() {
    server(first, "{\"access_token\":\"Zx81-9aQ7\"}\r\n");
    client(first, "USE Zx81-9aQ7 now\r\n");
    client(open(), "GET /use/Zx81-9aQ7/\r\n");
    assertThat(replay().text())
        .contains(
            "S: {\"access_token\":\"*********\"}\n", "C: USE ${*} now\n", "C: GET /use/${*}/\n");
  }

  @Test
  void cookiesKeepTheirNamesSoThatAClientSendsThemBack() {
    server(first, "HTTP/1.1 200 OK\r\nSet-Cookie: sid=4242424242; Path=/; HttpOnly\r\n\r\n");
    client(first, "GET / HTTP/1.1\r\nCookie: sid=4242424242; lang=en\r\n\r\n");
    assertThat(replay().text())
        .contains("S: Set-Cookie: sid=**********; Path=/; HttpOnly\n")
        .contains("C: Cookie: sid=${*}; lang=${*}\n");
  }

  @Test
  void theLengthOfAMaskedBulkStringMayBeAny() {
    client(first, "*2\r\n$4\r\nAUTH\r\n$6\r\nsesame\r\n*1\r\n$4\r\nPING\r\n");
    assertThat(replay().text())
        .endsWith(
            """
              C: *2
              C: $4
              C: AUTH
              C: $${*:[0-9]+}
              C: ${*}
              C: *1
              C: $4
              C: PING
            """);
  }

  @Test
  void aRuleThatFitsNoLineIsNamed() {
    client(first, "GET / HTTP/1.1\r\nX-Id: a1b2c3\r\n\r\n");
    assertThat(replay().varying(VaryingParts.of("C: X-Id: ${id}", "Dat: ${*}")).text())
        .startsWith(HEADER + "# No line fits varying (Dat: ${*}).\nconnection\n");
  }

  @Test
  void aValueThatComesBackOnAnotherConnectionIsNamed() {
    client(first, "ID a1b2c3\r\n");
    ConversationRecorder other = open();
    server(other, "for a1b2c3\r\n");
    assertThat(replay().varying(VaryingParts.of("C: ID ${id}")).text())
        .contains(
            "# ${id} of connection 1 is also on connection 2, where it stays as it was recorded.\n");
    client(other, "ID a1b2c3\r\n");
    assertThat(replay().varying(VaryingParts.of("C: ID ${id}")).text())
        .doesNotContain("is also on connection");
  }

  @Test
  void aLengthThatCountsAValueThatVariesIsNamed() {
    String note =
        "# ${id} of connection 1 is in what a length before it counts, which stays as it was"
            + " recorded.\n";
    VaryingParts ids = VaryingParts.of("C: X-Id: ${id}", "C: ${id:a[0-9a-z]+}");
    client(first, "X-Id: a1b2c3\r\n\r\n");
    server(first, "X-Id: a1b2c3\r\nContent-Length: 5\r\n\r\nhello");
    assertThat(replay().varying(ids).text()).doesNotContain("length before it");
    server(first, "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\na1b2c3");
    assertThat(replay().varying(ids).text()).contains(note);
    Recorder redis = new Recorder(clock::get, RecordingPolicy.everything());
    client(redis.open(Transport.TCP, "a", "b"), "$6\r\na1b2c3\r\n");
    assertThat(ReplayScript.of(redis.recording()).varying(ids).text()).contains(note);
  }

  @Test
  void aSecretWithoutAnEndIsAnyBytesOfItsLength() {
    client(first, "PIN 123456");
    assertThat(replay().redacting(Redaction.none().pattern("PIN (\\d+)")).text())
        .endsWith("connection\n  C| PIN ${*:6 bytes}\n");
  }

  @Test
  void aNameThatTheClientGaveIsInTheAnswer() {
    client(first, "GET / HTTP/1.1\r\nX-Request-Id: 8f14e45f\r\nDate: today\r\n\r\n");
    server(first, "HTTP/1.1 200 OK\r\nX-Request-Id: 8f14e45f\r\nDate: tomorrow\r\n\r\n");
    client(first, "GET / HTTP/1.1\r\nX-Request-Id: c9f0f895\r\n\r\n");
    server(first, "HTTP/1.1 200 OK\r\n\r\nid c9f0f895 after 8f14e45f, not 8f14e45fab");
    Script script =
        replay().varying(VaryingParts.of("Date: ${*}", "C: X-Request-Id: ${id}")).script();
    assertThat(script.print())
        .isEqualTo(
            """
            connection
              C: GET / HTTP/1.1
              C: X-Request-Id: ${id}
              C: Date: ${*}
              C:
              S: HTTP/1.1 200 OK
              S: X-Request-Id: ${id}
              S: Date: tomorrow
              S:
              C: GET / HTTP/1.1
              C: X-Request-Id: ${id-2}
              C:
              S: HTTP/1.1 200 OK
              S:
              S| id ${id-2} after ${id}, not 8f14e45fab
            """);
  }

  @Test
  void aShortValueIsNamedWhereARuleSaysSo() {
    client(first, "SEQ 7\r\n");
    server(first, "ACK 7 of 7\r\n");
    VaryingParts varying = VaryingParts.of("C: SEQ ${n}", "S: ACK ${n} of ${*}");
    assertThat(replay().varying(varying).script().print())
        .isEqualTo("connection\n  C: SEQ ${n}\n  S: ACK ${n} of 7\n");
  }

  @Test
  void anIdInHexIsFoundWhereAMessageBegins() {
    first.recordSent(Side.CLIENT, Bytes.hex("beef0100 0001").toBuffer());
    first.recordSent(Side.SERVER, Bytes.hex("beef8180 0001").toBuffer());
    first.recordSent(Side.CLIENT, Bytes.hex("cafe0100 0001").toBuffer());
    first.recordSent(Side.SERVER, Bytes.hex("cafe8180 beef").toBuffer());
    VaryingParts varying = VaryingParts.of("C# ${id:2 bytes}", "S# ${id:2 bytes} 81");
    assertThat(replay().varying(varying).script().print())
        .isEqualTo(
            """
            connection
              C# ${id:2 bytes} 01 00 00 01
              S# ${id:2 bytes} 81 80 00 01
              C# ${id-2:2 bytes} 01 00 00 01
              S# ${id-2:2 bytes} 81 80 be ef
            """);
  }

  @Test
  void whatCameAfterAnActOnAnotherConnectionWaitsForIt() {
    ConversationRecorder second = open();
    client(first, "SUBSCRIBE news\r\n");
    server(first, "subscribed\r\n");
    client(second, "PUBLISH news rain\r\n");
    server(first, "rain\r\n");
    server(second, "1\r\n");
    assertThat(replay().script().print())
        .isEqualTo(
            """
            connection
              C: SUBSCRIBE news
              S: subscribed
              await connection2.1
              cut
              S: rain
            connection
              C: PUBLISH news rain
              mark connection2.1
              S: 1
            """);
  }

  @Test
  void aConnectionOnWhichNothingWasSentIsABlockToo() {
    assertThat(replay().script().print()).isEqualTo("connection\n  cut\n");
  }

  @Test
  void whatCannotBeReplayedIsNamed() {
    assertThatThrownBy(() -> ReplayScript.of(new Recorder(clock::get).recording()).text())
        .hasMessage("there was no connection: nothing can be replayed");
    Recorder head = new Recorder(clock::get, RecordingPolicy.headAndTail(1, 1));
    client(head.open(Transport.TCP, "a", "b"), "abcdef");
    assertThatThrownBy(() -> ReplayScript.of(head.recording()).text())
        .hasMessageStartingWith("connection 1 from a to b lacks bytes that were not kept");
    Conversation gaps = head.recording().conversations().get(0);
    assertThatThrownBy(() -> Transcript.script(gaps))
        .hasMessageStartingWith("connection 1 from a to b lacks bytes that were not kept")
        .hasMessageContaining("RecordingPolicy.everything()")
        .hasMessageContaining("tcpdump -s 0");
    assertThatThrownBy(() -> Transcript.script(gaps, VaryingParts.none()))
        .hasMessageStartingWith("connection 1 from a to b lacks bytes that were not kept");
    first.recordSent(Side.CLIENT, Bytes.hex("160301020001").toBuffer());
    assertThatThrownBy(replay()::text)
        .hasMessageEndingWith(
            "is encrypted by TLS, which cannot be replayed: use TapSpec.decrypting()");
  }

  @Test
  void aRuleThatIsNoneIsNamed() {
    assertThatThrownBy(() -> VaryingParts.of("Date: today"))
        .hasMessage(
            "varying (Date: today) must be a line of text or hex with a placeholder, such as Date: ${*}");
    assertThatThrownBy(() -> VaryingParts.of("Date: ${")).isInstanceOf(ScriptException.class);
  }

  @Test
  void oneConversationHasRulesToo() {
    client(first, "at 12:00\r\n");
    assertThat(Transcript.script(first.snapshot(), VaryingParts.of("at ${*}")).print())
        .isEqualTo("C: at ${*}\n");
  }
}
