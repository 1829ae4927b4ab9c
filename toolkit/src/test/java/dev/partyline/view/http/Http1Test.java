package dev.partyline.view.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.partyline.view.AllocatedMemory;
import dev.partyline.view.Flaw;
import dev.partyline.view.Span;
import dev.partyline.view.http.Http1Body.Framing;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.ConversationRecorder;
import dev.partyline.wire.Recorder;
import dev.partyline.wire.RecordingPolicy;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class Http1Test {
  private static final String GET = "GET / HTTP/1.1|Host: a||";
  private static final String HEAD = "HEAD / HTTP/1.1|Host: a||";

  @Test
  void knowsWhereEachPartStands() {
    Http1Request request =
        Http1Conversations.request(
            "POST /a?b HTTP/1.1|Host: a|x-ODD:  v w \t|Content-Length: 5||hello");
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.target()).isEqualTo(new Span(5, Bytes.utf8("/a?b")));
    assertThat(request.version()).isEqualTo("HTTP/1.1");
    assertThat(request.startLine().text()).isEqualTo("POST /a?b HTTP/1.1");
    Http1Header odd = request.headers().get(1);
    assertThat(odd.name()).isEqualTo(new Span(29, Bytes.utf8("x-ODD")));
    assertThat(odd.value()).isEqualTo(new Span(37, Bytes.utf8("v w")));
    assertThat(odd.line()).isEqualTo(new Span(29, Bytes.utf8("x-ODD:  v w \t")));
    assertThat(request.headEndOffset()).isEqualTo(65);
    assertThat(request.body().offset()).isEqualTo(65);
    assertThat(request.endOffset()).isEqualTo(70);
    assertThat(request.body().text()).isEqualTo("hello");
    assertThat(request.flaws()).isEmpty();
    assertThat(request).hasToString("POST /a?b HTTP/1.1 at bytes 0..70 of the client");
  }

  @Test
  void keepsHeadersAsTheyWereSent() {
    Http1Request request =
        Http1Conversations.request("GET / HTTP/1.1|host: a|X-a: 1|x-A: 2|X-b: c|  d||");
    assertThat(request.headers("X-A")).containsExactly("1", "2");
    assertThat(request.header("HOST")).contains("a");
    assertThat(request.header("none")).isEmpty();
    assertThat(request.headers()).extracting(each -> each.name().text()).contains("host", "x-A");
    assertThat(request.header("x-b")).contains("c d");
    assertThat(request.headers().get(3).value().bytes())
        .isEqualTo(Http1Conversations.bytes("c|  d"));
    assertThat(request.flaws()).extracting(Flaw::offset).containsExactly(49L);
  }

  @Test
  void readsChunksWithExtensionsAndTrailers() {
    Http1Response response =
        Http1Conversations.response(
            "HTTP/1.1 200 OK|Transfer-Encoding: chunked||5;a=b; c=\"d;e\"|hello|"
                + "00A|, worlds!!|0;last|X-Sum: 7|||");
    assertThat(response.body().text()).isEqualTo("hello, worlds!!");
    assertThat(response.body().framing()).isEqualTo(Framing.CHUNKED);
    assertThat(response.body().size()).isEqualTo(15);
    assertThat(response.body().chunks()).extracting(Http1Chunk::size).containsExactly(5L, 10L, 0L);
    Http1Chunk first = response.body().chunks().get(0);
    assertThat(first.extensions()).isEqualTo(";a=b; c=\"d;e\"");
    assertThat(first.line().offset()).isEqualTo(47);
    assertThat(first.offset()).isEqualTo(63);
    assertThat(first.endOffset()).isEqualTo(68);
    assertThat(response.trailers()).hasToString("[X-Sum: 7]");
    assertThat(response.flaws()).isEmpty();
    assertThat(response.isComplete()).isTrue();
  }

  @Test
  void readsABodyUntilTheServerCloses() {
    Http1Response response = Http1Conversations.response("HTTP/1.1 200 OK||hello");
    assertThat(response.body().text()).isEqualTo("hello");
    assertThat(response.body().framing()).isEqualTo(Framing.CLOSE);
    assertThat(response.keepsAlive()).isFalse();
    assertThat(response.flaws()).isEmpty();
  }

  @Test
  void saysThatAResetBodyMayBeIncomplete() {
    ConversationRecorder recorder = open(RecordingPolicy.headAndTail(1000, 1000));
    recorder.recordSent(Side.CLIENT, Http1Conversations.bytes(GET).toBuffer());
    recorder.recordSent(Side.SERVER, Http1Conversations.bytes("HTTP/1.1 200 OK||hel").toBuffer());
    assertThat(Http1.of(recorder.snapshot()).flaws())
        .hasToString(
            "[incomplete at byte 22 of the server: the body goes on until the server ends by FIN;"
                + " more may come]");
    recorder.recordRst(Side.SERVER);
    assertThat(Http1.of(recorder.snapshot()).flaws())
        .hasToString(
            "[incomplete at byte 22 of the server: the body goes on until the server ends by FIN;"
                + " the server ended there by RST]");
  }

  @Test
  void pairsPipelinedRequestsWithTheirResponses() {
    Http1 http =
        Http1Conversations.http(
            GET + HEAD + "GET /3 HTTP/1.1|Host: a||" + "GET /4 HTTP/1.1|Host: a||",
            "HTTP/1.1 200 OK|Content-Length: 2||ok"
                + "HTTP/1.1 200 OK|Content-Length: 99||"
                + "HTTP/1.1 304 Not Modified|Content-Length: 99||");
    assertThat(http.exchanges())
        .extracting(each -> each.response().map(Http1Response::status).orElse(0))
        .containsExactly(200, 200, 304, 0);
    assertThat(http.exchanges().get(3).request().orElseThrow().target().text()).isEqualTo("/4");
    assertThat(http.flaws()).isEmpty();
    assertThat(http.unreadOffset(Side.SERVER)).isEmpty();
    assertThat(http).hasToString("connection 1: 4 requests, 3 responses");
  }

  @Test
  void putsInterimResponsesAheadOfTheFinalOne() {
    Http1 http =
        Http1Conversations.http(
            "POST / HTTP/1.1|Host: a|Content-Length: 2|Expect: 100-continue||ok",
            "HTTP/1.1 100 Continue||HTTP/1.1 103 Early Hints|Link: b||HTTP/1.1 204 Done||");
    Http1Exchange exchange = http.exchanges().get(0);
    assertThat(exchange.interim()).extracting(Http1Response::status).containsExactly(100, 103);
    assertThat(exchange.response().orElseThrow().reason().text()).isEqualTo("Done");
    assertThat(http.responses()).hasSize(3);
    assertThat(http.flaws()).isEmpty();
  }

  @Test
  void leavesAloneWhatFollowsAnUpgrade() {
    String upgradeRequest =
        "GET /chat HTTP/1.1|Host: a|Connection: keep-alive, Upgrade|Upgrade: websocket||";
    String answer = "HTTP/1.1 101 Switching Protocols|Upgrade: websocket|Connection: Upgrade||";
    Http1 http = Http1Conversations.http(upgradeRequest + "\u0081\u0005hello", answer + "\u0081\0");
    assertThat(http.isUpgraded()).isTrue();
    assertThat(http.unreadOffset(Side.CLIENT))
        .isEqualTo(OptionalLong.of(Http1Conversations.bytes(upgradeRequest).size()));
    assertThat(http.unreadOffset(Side.SERVER))
        .isEqualTo(OptionalLong.of(Http1Conversations.bytes(answer).size()));
    assertThat(http.flaws()).isEmpty();
  }

  @Test
  void readsOnWhereAnUpgradeIsDeclined() {
    String upgradeRequest = "GET /chat HTTP/1.1|Host: a|Connection: Upgrade|Upgrade: h2c||";
    Http1 http =
        Http1Conversations.http(upgradeRequest + GET, "HTTP/1.1 200 OK|Content-Length: 0||");
    assertThat(http.isUpgraded()).isFalse();
    assertThat(http.requests()).hasSize(2);
    assertThat(Http1Conversations.http(upgradeRequest + GET, "").requests()).hasSize(1);
    assertThat(Http1Conversations.http(upgradeRequest + GET, "").unreadOffset(Side.CLIENT))
        .isPresent();
  }

  @Test
  void leavesAloneWhatFollowsAConnect() {
    String connect = "CONNECT a:443 HTTP/1.1|Host: a:443||";
    Http1 http = Http1Conversations.http(connect + "\u0016\u0003", "HTTP/1.1 200 OK||\u0016");
    assertThat(http.isUpgraded()).isTrue();
    assertThat(http.responses().get(0).body().framing()).isEqualTo(Framing.NO_BODY);
    Http1 refusal = Http1Conversations.http(connect + GET, "HTTP/1.1 407 No|Content-Length: 0||");
    assertThat(refusal.isUpgraded()).isFalse();
    assertThat(refusal.requests()).hasSize(2);
  }

  @Test
  void saysWhatResponsesMustNotHave() {
    assertThat(Http1Conversations.response("HTTP/1.1 204 No|Content-Length: 5||").flaws())
        .hasToString(
            "[malformed at byte 17 of the server: Content-Length must not stand in a response"
                + " 204]");
    assertThat(Http1Conversations.response("HTTP/1.1 200|Content-Length: 0||").flaws())
        .hasToString("[malformed at byte 12 of the server: no space follows the status]");
    assertThat(Http1Conversations.response("HTTP/1.1 2000 OK||").flaws().get(0).offset())
        .isEqualTo(9);
    assertThat(Http1Conversations.response("220 mail.example ESMTP|").flaws())
        .hasToString(
            "[malformed at byte 0 of the server: a status line begins with HTTP/1., and here is"
                + " '2'; so the end of the message is unknown]");
    assertThat(
            Http1Conversations.response("HTTP/1.1 200 OK|Transfer-Encoding: chunked, gzip||x")
                .flaws())
        .extracting(Flaw::description)
        .containsExactly("chunked must be the last coding of Transfer-Encoding");
    assertThat(
            Http1Conversations.response("HTTP/1.1 200 OK|Content-Length: 2, 3||xx")
                .body()
                .framing())
        .isEqualTo(Framing.UNKNOWN);
  }

  @Test
  void tellsOfAResponseThatAnswersNothing() {
    Http1 http = Http1Conversations.http("", "HTTP/1.1 408 Too Late|Content-Length: 0||");
    assertThat(http.requests()).isEmpty();
    assertThat(http.flaws())
        .hasToString("[malformed at byte 0 of the server: this answers no request]");
    assertThat(
            Http1Conversations.http("GET /|", "HTTP/1.1 400 Bad|Content-Length: 0||")
                .responses()
                .get(0)
                .flaws())
        .extracting(Flaw::description)
        .containsExactly("the request that this answers cannot be read; a GET is assumed");
  }

  @Test
  void reportsWhatComesAfterAClose() {
    Http1 http = Http1Conversations.http("GET / HTTP/1.1|Host: a|Connection: close||" + GET, "");
    assertThat(http.requests()).hasSize(2);
    assertThat(http.flaws()).extracting(Flaw::offset).containsExactly(46L);
    assertThat(http.requests()).extracting(Http1Message::keepsAlive).containsExactly(false, true);
    assertThat(Http1Conversations.request("GET / HTTP/1.0||").keepsAlive()).isFalse();
    assertThat(Http1Conversations.request("GET / HTTP/1.0|Connection: Keep-Alive||").keepsAlive())
        .isTrue();
  }

  @Test
  void isIncompleteWhereverItIsCut() {
    String all = "POST / HTTP/1.1|Host: a|Transfer-Encoding: chunked||5;x|hello|0|X: y||";
    Bytes bytes = Http1Conversations.bytes(all);
    for (int size = 1; size < bytes.size(); size++) {
      Http1 http = Http1.of(Http1Conversations.client(bytes.slice(0, size)));
      assertThat(http.requests()).hasSize(1);
      assertThat(http.flaws()).as("cut at " + size).hasSize(1);
      Flaw flaw = http.flaws().get(0);
      assertThat(flaw.kind()).as("cut at " + size + ": " + flaw).isEqualTo(Flaw.Kind.INCOMPLETE);
      assertThat(flaw.offset()).isEqualTo(size);
    }
  }

  @Test
  void saysHowMuchOfABodyIsMissing() {
    assertThat(Http1Conversations.response("HTTP/1.1 200 OK|Content-Length: 9||hello").flaws())
        .hasToString(
            "[incomplete at byte 43 of the server: 4 of the 9 bytes of the body are missing; the"
                + " server ended there by FIN]");
    assertThat(
            Http1Conversations.response("HTTP/1.1 200 OK|Transfer-Encoding: chunked||9|hello")
                .flaws())
        .hasToString(
            "[incomplete at byte 55 of the server: 4 of the 9 bytes of a chunk are missing; the"
                + " server ended there by FIN]");
  }

  @Test
  void anEmptyLineAfterTheLastRequestIsNoRequest() {
    for (String trailing : List.of("|", "\r", "||\r")) {
      Http1 http =
          Http1.of(
              Http1Conversations.client(
                  Http1Conversations.bytes("GET / HTTP/1.1|Host: a||" + trailing)));
      assertThat(http.requests()).hasSize(1);
      assertThat(http.flaws()).isEmpty();
    }
  }

  @Test
  void knowsWhetherAMessageCameUpToItsEnd() {
    Http1Request contradictory =
        Http1Conversations.request(
            "POST / HTTP/1.1|Host: a|Content-Length: 5|Content-Length: 7||hello");
    assertThat(contradictory.hasEnded()).isFalse();
    assertThat(contradictory.isComplete()).isFalse();
    Http1Response malformed =
        Http1Conversations.response("HTTP/1.1 200 OK|Transfer-Encoding: chunked||5|hello|XX|");
    assertThat(malformed.hasEnded()).isFalse();
    assertThat(Http1Conversations.response("HTTP/1.0 200 OK||hello").hasEnded()).isTrue();
    assertThat(Http1Conversations.response("HTTP/1.1 200 OK|Content-Length: 9||hello").hasEnded())
        .isFalse();
  }

  @Test
  void aRequestLineNeedsATarget() {
    for (String spaces : List.of(" ", "  ")) {
      assertThat(Http1Conversations.request("GET" + spaces + "HTTP/1.1|Host: a||").flaws())
          .singleElement()
          .hasToString("malformed at byte 4 of the client: the request line has no target");
    }
  }

  @Test
  void readsOnAfterABodyThatWasNotKept() {
    ConversationRecorder recorder = open(RecordingPolicy.headAndTail(100, 100));
    recorder.recordSent(
        Side.CLIENT,
        Http1Conversations.bytes("PUT / HTTP/1.1|Host: a|Content-Length: 5000||").toBuffer());
    recorder.recordSent(Side.CLIENT, Bytes.of(new byte[5000]).toBuffer());
    recorder.recordSent(
        Side.CLIENT, Http1Conversations.bytes("GET /2 HTTP/1.1|Host: a||").toBuffer());
    Conversation conversation = recorder.snapshot();
    Http1 http = Http1.of(conversation);
    assertThat(conversation.gaps()).hasSize(1);
    long gap = conversation.gaps().get(0).offset();
    long droppedBytes = conversation.droppedBytes(Side.CLIENT);
    assertThat(http.flaws())
        .hasToString(
            "[incomplete at byte "
                + gap
                + " of the client: "
                + droppedBytes
                + " bytes of the body were not kept]");
    assertThat(http.requests().get(1).target().text()).isEqualTo("/2");
    assertThatIllegalStateException().isThrownBy(http.requests().get(0).body()::bytes);
  }

  @Test
  void stopsWhereAHeadWasNotKept() {
    ConversationRecorder recorder = open(RecordingPolicy.headAndTail(20, 20));
    recorder.recordSent(Side.CLIENT, Http1Conversations.bytes("GET / HTTP/1.1|X: ").toBuffer());
    recorder.recordSent(Side.CLIENT, Bytes.utf8("y".repeat(90)).toBuffer());
    recorder.recordSent(Side.CLIENT, Http1Conversations.bytes("||GET / HTTP/1.1||").toBuffer());
    Http1 http = Http1.of(recorder.snapshot());
    assertThat(http.requests()).hasSize(1);
    assertThat(http.flaws().get(0).description()).contains("bytes were not kept from there on");
    assertThat(http.unreadOffset(Side.CLIENT)).isPresent();
  }

  @Test
  void refusesAHeadWithoutEnd() {
    Http1 http = Http1.of(Http1Conversations.client(Bytes.utf8("GET /" + "a".repeat(1 << 20))));
    assertThat(http.flaws())
        .extracting(Flaw::description)
        .containsExactly(
            "the start line has more than 1048576 bytes; so the end of the message is unknown");
    String many = "x: y|".repeat(300_000);
    assertThat(Http1Conversations.request("GET / HTTP/1.1|Host: a|" + many).flaws())
        .extracting(Flaw::description)
        .containsExactly(
            "the header section has more than 1048576 bytes; so the end of the message"
                + " is unknown");
  }

  @Test
  void looksAtABodyOnlyWhenItIsAskedFor() {
    byte[] body = new byte[8 << 20];
    Conversation conversation =
        Http1Conversations.client(
            Http1Conversations.bytes("PUT / HTTP/1.1|Host: a|Content-Length: " + body.length + "||")
                .plus(Bytes.of(body)));
    long allocatedBefore = AllocatedMemory.bytes();
    List<Http1Request> requests = Http1.of(conversation).requests();
    assertThat(AllocatedMemory.bytes() - allocatedBefore).isLessThan(1 << 20);
    assertThat(requests.get(0).body().size()).isEqualTo(body.length);
  }

  private static ConversationRecorder open(RecordingPolicy policy) {
    return new Recorder(() -> 0, policy).open(Transport.TCP, "127.0.0.1:4", "127.0.0.1:80");
  }
}
