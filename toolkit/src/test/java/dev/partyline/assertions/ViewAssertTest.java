package dev.partyline.assertions;

import static dev.partyline.assertions.Failures.messageOf;
import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.partyline.view.Http2;
import dev.partyline.view.Resp;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Side;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ViewAssertTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(20);

  private final ManualRecorder wire = new ManualRecorder();

  /** A view of somebody's own: the lines of the client. */
  private static List<String> lines(Conversation conversation) {
    return conversation.sentBy(Side.CLIENT).utf8().lines().toList();
  }

  @Test
  void seesWhatAFunctionMakesOfTheConversation() {
    wire.open().client("EHLO a.example|QUIT|");
    assertThat(wire).connection(1).seenAs(ViewAssertTest::lines).shows("EHLO").shows("QUIT");
    assertThat(wire)
        .connection(1)
        .seenAs(ViewAssertTest::lines)
        .satisfies(lines -> lines.hasSize(2).last().isEqualTo("QUIT"));
  }

  @Test
  void seesWhatAViewReads() {
    wire.open().client("*2|$3|GET|$1|k|").server("$5|value|");
    assertThat(wire)
        .connection()
        .seenAs(Resp::of)
        .shows("client \"GET\" \"k\"")
        .satisfies(all -> all.extracting(Resp.Message::side).containsExactly(Side.values()));
  }

  @Test
  void saysWhatIsSeenInsteadAndWhatIsWrongWithIt() {
    wire.open().client("PING|").server("+PONG|?|").close();
    assertThat(messageOf(() -> assertThat(wire).connection(1).seenAs(Resp::of).shows("-ERR")))
        .isEqualTo(
            """
            nothing that is seen shows this
              expected  -ERR
            seen:
              client PING
              server PONG
              * malformed at byte 7 of the server: no value begins with ?
            connection 1 from 127.0.0.1:40001 to 127.0.0.1:2525:
              C: PING
              S: +PONG
              S: ?\
            """);
  }

  @Test
  void saysWhatAssertJSays() {
    wire.open().client("EHLO a.example|").close();
    assertThat(
            messageOf(
                () ->
                    assertThat(wire)
                        .as("mail")
                        .connection(1)
                        .seenAs(ViewAssertTest::lines)
                        .as("lines")
                        .satisfies(lines -> lines.hasSize(2))))
        .startsWith(
            """
            [lines] what is seen does not satisfy this
            Expected size: 2 but was: 1 in:
            ["EHLO a.example"]
            seen:
              EHLO a.example
            """)
        .endsWith("C: EHLO a.example");
  }

  @Test
  void saysThatNothingIsSeenAndWhatWasNotKept() {
    wire.open();
    assertThat(
            messageOf(
                () -> assertThat(wire).connection(1).seenAs(ViewAssertTest::lines).shows("QUIT")))
        .contains("\nseen:\n  nothing\n", "waited    not at all; within(Duration) would");
    assertThat(messageOf(() -> assertThat(wire).connection(2).seenAs(Resp::of).shows("QUIT")))
        .startsWith("there is no connection 2");
  }

  @Test
  void waitsUntilItIsSeen() {
    ManualRecorder.Line line = wire.open().client("EHLO a.example|");
    CompletableFuture<Void> peer = CompletableFuture.runAsync(() -> line.client("QUIT|"));
    assertThat(wire).within(LONG).connection(1).seenAs(ViewAssertTest::lines).shows("QUIT");
    peer.join();
    CompletableFuture<Void> more = CompletableFuture.runAsync(() -> line.client("bye|"));
    assertThat(wire)
        .connection(1)
        .seenAs(ViewAssertTest::lines)
        .within(LONG)
        .satisfies(lines -> lines.hasSize(3));
    more.join();
  }

  @Test
  void saysHowLongItWaitedAndWaitsForNothingOfAConnectionThatIsOver() {
    ManualRecorder.Line line = wire.open().client("NOOP|");
    ViewAssert<String> seen = assertThat(wire).connection(1).seenAs(ViewAssertTest::lines);
    assertThat(messageOf(() -> seen.within(SHORT).shows("QUIT"))).contains("waited    20 ms");
    line.close();
    assertThat(messageOf(() -> seen.within(LONG).shows("QUIT"))).doesNotContain("waited");
    assertThat(messageOf(() -> seen.within(LONG).satisfies(lines -> lines.isEmpty())))
        .doesNotContain("waited");
  }

  @Test
  void masksWhatMustNotBeRead() {
    wire.open().client("*2|$4|AUTH|$6|secret|").close();
    ViewAssert<Resp.Message> seen = assertThat(wire).connection(1).seenAs(Resp::of);
    assertThat(messageOf(() -> seen.shows("PING")))
        .contains("client \"AUTH\" \"******\"")
        .doesNotContain("secret");
    assertThat(messageOf(() -> seen.satisfies(all -> all.isEmpty())))
        .contains("\"******\"")
        .doesNotContain("secret");
    assertThat(messageOf(() -> seen.satisfies(all -> all.noneMatch(m -> isSecret(m)))))
        .contains("it holds of what is left when secrets are masked")
        .doesNotContain("secret\"");
  }

  private static boolean isSecret(Resp.Message message) {
    return message.command().contains("secret");
  }

  @Test
  void masksHeaderFieldsThatNoRuleFindsOnTheWire() {
    // authorization: a|b, the value in the coding of Huffman, then user-agent: x.
    String preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
    Bytes frames =
        Bytes.hex("000000040000000000" + "000014010400000001")
            .plus(Bytes.hex("0f08" + "0b" + "42617369637c7365637265"))
            .plus(Bytes.hex("0f2b" + "03" + "787879"));
    wire.open().client(preface).sent(Side.CLIENT, frames).close();
    ViewAssert<Http2.Frame> seen = assertThat(wire).connection(1).seenAs(Http2::of);
    String message = messageOf(() -> seen.shows("nothing of the kind"));
    assertThat(message.lines().filter(line -> line.contains("client HEADERS")))
        .singleElement()
        .asString()
        .contains("| authorization: ************** |", "| user-agent: xxy");
  }

  @Test
  void isSoftToo() {
    PartylineSoftAssertions softly = new PartylineSoftAssertions();
    wire.open().client("NOOP|").close();
    softly.assertThat(wire).connection(1).seenAs(ViewAssertTest::lines).shows("QUIT").shows("X");
    assertThat(softly.errorsCollected()).hasSize(2);
  }

  @Test
  void refusesAnEmptyText() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> assertThat(wire).connection(1).seenAs(Resp::of).shows(""))
        .withMessage("text () must not be empty: it is in everything");
  }
}
