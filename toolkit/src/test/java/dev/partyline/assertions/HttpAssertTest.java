package dev.partyline.assertions;

import static dev.partyline.assertions.Failures.messageOf;
import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import dev.partyline.view.ConversationBuilder;
import dev.partyline.wire.Recording;
import dev.partyline.wire.Side;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class HttpAssertTest {
  private static final String OK = "HTTP/1.1 200 OK|Content-Length: 2||ok";

  private final ManualRecorder recorder = new ManualRecorder();

  private static String get(String target) {
    return "GET " + target + " HTTP/1.1|Host: a||";
  }

  @Test
  void countsWholeRequestsOverAllConnections() {
    recorder.open().client(get("/a") + get("/b"));
    recorder.open().client(get("/c") + "GET /d HTT");
    assertThat(recorder).hasRequests(3).connection(1).hasRequests(2);
    assertThat(messageOf(() -> assertThat(recorder).hasRequests(4)))
        .isEqualTo(
            """
            the count of requests differs
              expected  4 requests
              received  3 requests, and one in part
              requests  GET /a HTTP/1.1 (connection 1)
                        GET /b HTTP/1.1 (connection 1)
                        GET /c HTTP/1.1 (connection 2)
                        GET /d HTT, not whole (connection 2)
              waited    not at all; within(Duration) would
            connection 1 from 127.0.0.1:40001 to 127.0.0.1:2525: client sent 56 bytes, server 0
            connection 2 from 127.0.0.1:40002 to 127.0.0.1:2525: client sent 38 bytes, server 0\
            """);
    assertThat(messageOf(() -> assertThat(recorder).hasRequests(2))).doesNotContain("waited");
  }

  @Test
  void thePrefaceOfHttp2IsNotARequest() {
    recorder.open().client("PRI * HTTP/2.0||SM||");
    assertThat(recorder).hasRequests(0);
    assertThat(messageOf(() -> assertThat(recorder).hasRequests(1)))
        .contains(
            "received  0 requests",
            "not read  malformed at byte 6 of the client: this is the preface of HTTP/2",
            "read it with Http2.of",
            "(connection 1)");
    assertThat(messageOf(() -> assertThat(recorder).request().hasMethod("PRI")))
        .startsWith("there is no request")
        .contains("this is the preface of HTTP/2");
  }

  @Test
  void aHandshakeOfTlsIsNotARequest() {
    recorder.open().client("\u0016\u0003\u0001|").server("\u0015\u0003\u0003|");
    assertThat(messageOf(() -> assertThat(recorder).hasRequests(1)))
        .contains("not read  malformed at byte 0 of the client: this is a TLS record, not HTTP/1");
    assertThat(messageOf(() -> assertThat(recorder).response().hasNoFlaw()))
        .contains("this is a TLS record, not HTTP/1");
  }

  @Test
  void whatIsNotHttpIsNotARequestAndItsAnswerIsAResponse() {
    recorder.open().client("hello|").server("HTTP/1.1 400 Bad Request|Content-Length: 0||");
    assertThat(recorder).hasRequests(0).response().hasStatus(400);
    assertThat(
            messageOf(
                () -> assertThat(recorder).connection(1).within(ofSeconds(60)).hasRequests(1)))
        .contains("a request line begins with a method and a space");
  }

  @Test
  void aLineWithoutAVersionLeavesTheOthersTheirs() {
    recorder.open().client(get("/a") + "GET /a HTTP/1.0||");
    assertThat(recorder).hasRequestsInAnyOrder("GET /a", "GET /a HTTP/1.1");
    assertThat(recorder).hasRequestsInAnyOrder("GET /a HTTP/1.0", "GET /a");
    assertThat(
            messageOf(
                () -> assertThat(recorder).hasRequestsInAnyOrder("GET /a", "GET /b HTTP/1.1")))
        .startsWith("number 2 of these 2 was not sent");
  }

  @Test
  void waitsForTheAnswerToAClientThatHasFinished() {
    ConversationBuilder connection = recorder.open().client("GET / HTTP/1.0||").fin(Side.CLIENT);
    CompletableFuture<Void> answer =
        CompletableFuture.runAsync(
                () -> recorder.recording().awaitIdle(Duration.ofMillis(20), ofSeconds(5)))
            .thenRun(() -> connection.server("HTTP/1.0 200 OK||"));
    assertThat(recorder).connection(1).within(ofSeconds(20)).response().hasStatus(200);
    answer.join();
    connection.fin(Side.SERVER);
    assertThat(
            messageOf(
                () ->
                    assertThat(recorder)
                        .connection(1)
                        .within(ofSeconds(60))
                        .response(2)
                        .hasStatus(200)))
        .doesNotContain("waited");
  }

  @Test
  void showsTheOnlyConnectionWhenTheCountDiffers() {
    recorder.open().client(get("/a"));
    assertThat(messageOf(() -> assertThat(recorder).connection().hasRequests(0)))
        .startsWith(
            """
            the count of requests differs
              expected  0 requests
              received  1 request
              requests  GET /a HTTP/1.1
            """)
        .contains("C: GET /a HTTP/1.1");
  }

  @Test
  void numbersRequestsInTheOrderInWhichTheyBegan() {
    ConversationBuilder first = recorder.open().client(get("/1"));
    recorder.open().client(get("/2")).server(OK);
    first.client(get("/3"));
    assertThat(recorder).hasRequestsInOrder("GET /1", "GET /2", "GET /3");
    assertThat(recorder).request(3).hasRequestLine("GET /3 HTTP/1.1");
    assertThat(recorder).response().hasBody("ok");
    assertThat(recorder).request(2).response().hasStatus(200);
  }

  @Test
  void showsTheRequestThatComesNearestToOneThatIsMissing() {
    recorder.open().client(get("/a") + get("/b"));
    assertThat(recorder).hasRequestsInOrder("GET /a HTTP/1.1", "GET /b");
    assertThat(messageOf(() -> assertThat(recorder).hasRequestsInOrder("GET /b", "GET /a")))
        .startsWith(
            """
            number 2 of these 2 was not sent after number 1
              expected  GET /a
              nearest   GET /a HTTP/1.1
                              ^ more than expected, from byte 6 of what the client sent
            """);
    assertThat(messageOf(() -> assertThat(recorder).hasRequestsInOrder("GET /a", "GET /c")))
        .startsWith(
            """
            number 2 of these 2 was not sent after number 1
              expected  GET /c
              nearest   GET /a HTTP/1.1
                             ^ first difference, byte 5 of what the client sent
              requests  GET /a HTTP/1.1
                        GET /b HTTP/1.1
            """);
    assertThat(messageOf(() -> assertThat(new ManualRecorder()).hasRequestsInOrder("GET /")))
        .startsWith("number 1 of these 1 was not sent\n  expected  GET /\n");
  }

  @Test
  void takesEachRequestOnceInAnyOrder() {
    recorder.open().client(get("/a") + get("/b") + get("/a"));
    assertThat(recorder).hasRequestsInAnyOrder("GET /a", "GET /a", "GET /b");
    assertThat(messageOf(() -> assertThat(recorder).hasRequestsInAnyOrder("GET /b", "GET /b")))
        .startsWith("number 2 of these 2 was not sent\n  expected  GET /b\n");
  }

  @Test
  void asksToChooseAmongSeveral() {
    recorder.open().client(get("/a") + get("/b")).server(OK + OK);
    assertThat(messageOf(() -> assertThat(recorder).request().hasMethod("GET")))
        .startsWith(
            """
            there are 2 requests: say which with request(n)
              expected  1 request
              received  2 requests
            """)
        .doesNotContain("waited");
    assertThat(messageOf(() -> assertThat(recorder).response().hasStatus(200)))
        .startsWith("there are 2 responses: say which with response(n)\n");
    assertThat(messageOf(() -> assertThat(recorder).request().response().hasStatus(200)))
        .startsWith("there are 2 requests");
  }

  @Test
  void failsWhereTheMessageIsMissing() {
    recorder.open().client(get("/a"));
    assertThat(messageOf(() -> assertThat(recorder).request(2).hasMethod("GET")))
        .startsWith("there is no request 2\n  expected  request 2\n  received  1 request\n")
        .contains("waited    not at all");
    assertThat(messageOf(() -> assertThat(recorder).response().hasStatus(200)))
        .startsWith("there is no response\n  expected  1 response\n  received  0 responses\n");
    assertThat(messageOf(() -> assertThat(recorder).request().response().hasStatus(200)))
        .startsWith("the request has no final response\n  server    ");
    assertThat(messageOf(() -> assertThat(recorder).request(2).response().hasStatus(200)))
        .startsWith("there is no request 2\n");
    assertThat(messageOf(() -> assertThat(recorder).connection(2).request().hasMethod("GET")))
        .startsWith("there is no connection 2\n");
  }

  @Test
  void readsASnapshot() {
    recorder.open().client(get("/a")).server(OK);
    assertThat(recorder.recording().conversations().get(0)).hasRequests(1).response().hasBody("ok");
    assertThat(Recording.of(recorder.recording().conversations().get(0))).hasRequests(1);
    assertThat(
            messageOf(
                () ->
                    assertThat(recorder.recording().conversations().get(0))
                        .within(Duration.ofDays(1))
                        .hasRequests(2)))
        .contains("received  1 request");
  }

  @Test
  void waitsForWhatIsStillComing() {
    ConversationBuilder connection = recorder.open().client("POST / HTTP/1.1|Host: a|Content-Le");
    CompletableFuture<Void> rest =
        CompletableFuture.runAsync(
            () ->
                connection
                    .client("ngth: 5||he")
                    .client("llo")
                    .server("HTTP/1.1 100 Continue||")
                    .server("HTTP/1.1 302 Found|Loca")
                    .server("tion: /|Content-Length: 0||"));
    RequestAssert request = assertThat(recorder).within(ofSeconds(10)).request();
    request.hasHeader("Content-Length", "5").hasNoHeader("Cookie").hasBody("hello");
    request.response().hasStatus(302).hasHeader("location", "/").hasNoFlaw();
    assertThat(recorder).within(ofSeconds(10)).hasRequests(1);
    await().untilAsserted(() -> assertThat(recorder).response().hasStatus(302));
    rest.join();
  }

  @Test
  void doesNotWaitForWhatCannotComeAnyMore() {
    recorder.open().client(get("/a")).server(OK + "HTTP/1.1 20").fin(Side.SERVER);
    assertThat(
            java.util.stream.Stream.<org.assertj.core.api.ThrowableAssert.ThrowingCallable>of(
                () -> withLongTimeout().request(1).hasMethod("PUT"),
                () -> withLongTimeout().request(1).hasHeader("Cookie"),
                () -> withLongTimeout().request(1).hasNoHeader("Host"),
                () -> withLongTimeout().request(1).hasBody("x"),
                () -> withLongTimeout().response(1).hasStatus(404),
                () -> withLongTimeout().response(1).hasTrailer("a", "b"),
                () -> withLongTimeout().connection().response(2).hasStatus(200),
                () -> withLongTimeout().response(2).hasNoFlaw()))
        .map(Failures::messageOf)
        .allSatisfy(message -> assertThat(message).doesNotContain("waited"));
  }

  private RecordedAssert withLongTimeout() {
    return assertThat(recorder).within(Duration.ofDays(1));
  }

  @Test
  void isSoftToo() {
    recorder.open().client(get("/a"));
    PartylineSoftAssertions softly = new PartylineSoftAssertions();
    softly.assertThat(recorder).hasRequests(2).hasRequestsInOrder("GET /b");
    softly.assertThat(recorder).request().as("first").hasMethod("PUT").hasHeader("Host", "a");
    softly.assertThat(recorder).request().response().hasStatus(200);
    assertThat(softly.errorsCollected()).hasSize(4);
    assertThat(messageOf(softly::assertAll)).contains("[first] the request has another method");
  }

  @Test
  void refusesWhatCannotBeAsked() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> assertThat(recorder).request(0))
        .withMessage("number (0) must be at least 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> assertThat(recorder).response(-1))
        .withMessage("number (-1) must be at least 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> assertThat(recorder).hasRequests(-1))
        .withMessage("count (-1) must not be negative");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> assertThat(recorder).hasRequestsInOrder())
        .withMessage("lines () must not be empty: use hasRequests(0)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> assertThat(recorder).hasRequestsInAnyOrder("GET /\n"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> assertThat(recorder).response().hasStatus(99))
        .withMessage("status (99) must be in 100..999");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> assertThat(recorder).request().hasFlaw(""))
        .withMessage("words () must not be empty: they are in every flaw");
  }
}
