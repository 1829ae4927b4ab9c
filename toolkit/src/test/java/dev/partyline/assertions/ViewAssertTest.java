package dev.partyline.assertions;

import static dev.partyline.assertions.Failures.messageOf;
import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.partyline.view.ConversationBuilder;
import dev.partyline.view.http2.Http2;
import dev.partyline.view.http2.Http2Frame;
import dev.partyline.view.resp.Resp;
import dev.partyline.view.resp.RespMessage;
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

  private final ManualRecorder recorder = new ManualRecorder();

  /** A view that is not one of ours: the lines of the client. */
  private static List<String> lines(Conversation conversation) {
    return conversation.bytes(Side.CLIENT).utf8().lines().toList();
  }

  @Test
  void showsWhatAFunctionMakesOfTheConversation() {
    recorder.open().client("EHLO a.example|QUIT|");
    assertThat(recorder).connection(1).viewedAs(ViewAssertTest::lines).shows("EHLO").shows("QUIT");
    assertThat(recorder)
        .connection(1)
        .viewedAs(ViewAssertTest::lines)
        .satisfies(lines -> lines.hasSize(2).last().isEqualTo("QUIT"));
  }

  @Test
  void showsWhatAProtocolViewReads() {
    recorder.open().client("*2|$3|GET|$1|k|").server("$5|value|");
    assertThat(recorder)
        .connection()
        .viewedAs(Resp::of)
        .shows("client \"GET\" \"k\"")
        .satisfies(all -> all.extracting(RespMessage::side).containsExactly(Side.values()));
  }

  @Test
  void saysWhatTheViewShowsInsteadAndWhatIsWrongWithIt() {
    recorder.open().client("PING|").server("+PONG|?|").close();
    assertThat(messageOf(() -> assertThat(recorder).connection(1).viewedAs(Resp::of).shows("-ERR")))
        .isEqualTo(
            """
            nothing in the view shows this
              expected  -ERR
            view:
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
    recorder.open().client("EHLO a.example|").close();
    assertThat(
            messageOf(
                () ->
                    assertThat(recorder)
                        .as("mail")
                        .connection(1)
                        .viewedAs(ViewAssertTest::lines)
                        .as("lines")
                        .satisfies(lines -> lines.hasSize(2))))
        .startsWith(
            """
            [lines] the view does not satisfy this
            Expected size: 2 but was: 1 in:
            ["EHLO a.example"]
            view:
              EHLO a.example
            """)
        .endsWith("C: EHLO a.example");
  }

  @Test
  void saysThatTheViewIsEmptyAndWhatWasNotKept() {
    recorder.open();
    assertThat(
            messageOf(
                () ->
                    assertThat(recorder)
                        .connection(1)
                        .viewedAs(ViewAssertTest::lines)
                        .shows("QUIT")))
        .contains("\nview:\n  nothing\n", "waited    not at all; within(Duration) would");
    assertThat(messageOf(() -> assertThat(recorder).connection(2).viewedAs(Resp::of).shows("QUIT")))
        .startsWith("there is no connection 2");
  }

  @Test
  void waitsUntilTheViewShowsIt() {
    ConversationBuilder connection = recorder.open().client("EHLO a.example|");
    CompletableFuture<Void> peer = CompletableFuture.runAsync(() -> connection.client("QUIT|"));
    assertThat(recorder).within(LONG).connection(1).viewedAs(ViewAssertTest::lines).shows("QUIT");
    peer.join();
    CompletableFuture<Void> nextPeer = CompletableFuture.runAsync(() -> connection.client("bye|"));
    assertThat(recorder)
        .connection(1)
        .viewedAs(ViewAssertTest::lines)
        .within(LONG)
        .satisfies(lines -> lines.hasSize(3));
    nextPeer.join();
  }

  @Test
  void saysHowLongItWaitedAndWaitsForNothingOfAConnectionThatIsOver() {
    ConversationBuilder connection = recorder.open().client("NOOP|");
    ViewAssert<String> view = assertThat(recorder).connection(1).viewedAs(ViewAssertTest::lines);
    assertThat(messageOf(() -> view.within(SHORT).shows("QUIT"))).contains("waited    20 ms");
    connection.close();
    assertThat(messageOf(() -> view.within(LONG).shows("QUIT"))).doesNotContain("waited");
    assertThat(messageOf(() -> view.within(LONG).satisfies(lines -> lines.isEmpty())))
        .doesNotContain("waited");
  }

  @Test
  void redactsWhatMustNotBeRead() {
    recorder.open().client("*2|$4|AUTH|$6|secret|").close();
    ViewAssert<RespMessage> view = assertThat(recorder).connection(1).viewedAs(Resp::of);
    assertThat(messageOf(() -> view.shows("PING")))
        .contains("client \"AUTH\" \"******\"")
        .doesNotContain("secret");
    assertThat(messageOf(() -> view.satisfies(all -> all.isEmpty())))
        .contains("\"******\"")
        .doesNotContain("secret");
    assertThat(messageOf(() -> view.satisfies(all -> all.noneMatch(m -> isSecret(m)))))
        .contains("it holds when secrets are masked")
        .doesNotContain("secret\"");
  }

  private static boolean isSecret(RespMessage message) {
    return message.command().contains("secret");
  }

  @Test
  void redactsHeaderFieldsThatNoRuleFindsInTheBytes() {
    // authorization: a|b, the value in the coding of Huffman, then user-agent: x.
    String preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
    Bytes frames =
        Bytes.hex("000000040000000000" + "000014010400000001")
            .plus(Bytes.hex("0f08" + "0b" + "42617369637c7365637265"))
            .plus(Bytes.hex("0f2b" + "03" + "787879"));
    recorder.open().client(preface).send(Side.CLIENT, frames).close();
    ViewAssert<Http2Frame> view = assertThat(recorder).connection(1).viewedAs(Http2::of);
    String message = messageOf(() -> view.shows("nothing of the kind"));
    assertThat(message.lines().filter(line -> line.contains("client HEADERS")))
        .singleElement()
        .asString()
        .contains("| authorization: *********** |", "| user-agent: xxy");
  }

  @Test
  void isSoftToo() {
    PartylineSoftAssertions softly = new PartylineSoftAssertions();
    recorder.open().client("NOOP|").close();
    softly
        .assertThat(recorder)
        .connection(1)
        .viewedAs(ViewAssertTest::lines)
        .shows("QUIT")
        .shows("X");
    assertThat(softly.errorsCollected()).hasSize(2);
  }

  @Test
  void refusesAnEmptyText() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> assertThat(recorder).connection(1).viewedAs(Resp::of).shows(""))
        .withMessage("text () must not be empty: it is in everything");
  }
}
