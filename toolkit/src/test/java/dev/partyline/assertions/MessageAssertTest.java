package dev.partyline.assertions;

import static dev.partyline.assertions.Failures.messageOf;
import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.RecordingPolicy;
import dev.partyline.wire.Side;
import org.junit.jupiter.api.Test;

class MessageAssertTest {
  private static final String REQUEST =
      "POST /a HTTP/1.1|Host: a|accept:  text/html|Content-Length: 5||hello";
  private static final String CHUNKED =
      "HTTP/1.1 200 OK|Transfer-Encoding: chunked||2|he|3|llo|0|Checksum: 7||";

  private static final String GET = "GET / HTTP/1.1|Host: a||";

  private final ManualRecorder recorder = new ManualRecorder();

  {
    recorder.open().client(REQUEST).server(CHUNKED);
  }

  private RequestAssert request() {
    return assertThat(recorder).request();
  }

  private ResponseAssert response() {
    return assertThat(recorder).response();
  }

  @Test
  void comparesTheFirstLine() {
    request().hasRequestLine("POST /a HTTP/1.1");
    response().hasStatusLine("HTTP/1.1 200 OK");
    assertThat(messageOf(() -> request().hasRequestLine("POST /b HTTP/1.1")))
        .startsWith(
            """
            the request begins with another line
              expected  POST /b HTTP/1.1
              nearest   POST /a HTTP/1.1
                              ^ first difference, byte 6 of what the client sent
              client    open, 73 bytes so far, silent for\
            """)
        .contains("C: POST /a HTTP/1.1");
    assertThat(messageOf(() -> response().hasStatusLine("HTTP/1.1 200 Ok")))
        .startsWith("the response begins with another line\n  expected  HTTP/1.1 200 Ok\n");
  }

  @Test
  void comparesMethodAndStatus() {
    request().hasMethod("POST").response().hasStatus(200);
    assertThat(messageOf(() -> request().hasMethod("post")))
        .startsWith(
            """
            the request has another method
              expected  post
              received  POST /a HTTP/1.1
            """);
    assertThat(messageOf(() -> response().hasStatus(201)))
        .startsWith(
            """
            the response has another status
              expected  201
              received  HTTP/1.1 200 OK
            """);
    assertThat(messageOf(() -> request().response().hasStatus(201)))
        .startsWith("the response to the request has another status\n");
    assertThat(messageOf(() -> assertThat(recorder).response(1).hasStatus(201)))
        .startsWith("response 1 has another status\n");
  }

  @Test
  void findsHeadersInWhateverCase() {
    request().hasHeader("HOST").hasHeader("Accept", "text/html").hasNoHeader("Cookie");
    assertThat(messageOf(() -> request().hasHeader("Accepted")))
        .startsWith(
            """
            the request has no such header
              expected  Accepted
              nearest   accept:  text/html
                        ^ first difference, byte 27 of what the client sent
            """);
    assertThat(messageOf(() -> request().hasHeader("Zone")))
        .startsWith(
            """
            the request has no such header
              expected  Zone
              nearest   nothing begins like it
            """);
  }

  @Test
  void showsTheOtherValueOfAHeaderBesideTheExpectedOne() {
    assertThat(messageOf(() -> request().hasHeader("Accept", "text/HTML")))
        .startsWith(
            """
            the request has no such header
              expected  accept:  text/HTML
              nearest   accept:  text/html
                                      ^ first difference, byte 41 of what the client sent
            """);
    assertThat(messageOf(() -> request().hasHeader("Accept", "text")))
        .contains("^ more than expected, from byte 40 of what the client sent");
  }

  @Test
  void failsAtAHeaderThatIsNotToBeThere() {
    assertThat(messageOf(() -> request().hasNoHeader("Accept")))
        .startsWith(
            """
            the request has a header that it is not to have
              expected  no Accept
              received  accept:  text/html
            """);
    ManualRecorder cutRecorder = ManualRecorder.clientSent("GET / HTTP/1.1|Ho");
    assertThat(messageOf(() -> assertThat(cutRecorder).request().hasNoHeader("Cookie")))
        .startsWith(
            """
            the headers of the request are not whole
              expected  no Cookie
              flaw      incomplete at byte 18 of the client: the header section breaks off before\
             its empty line; more may come
            """)
        .contains("waited");
  }

  @Test
  void findsTrailers() {
    response().hasTrailer("checksum", "7");
    assertThat(messageOf(() -> response().hasTrailer("Checksum", "8")))
        .startsWith(
            """
            the response has no such trailer
              expected  Checksum: 8
              nearest   Checksum: 7
                                  ^ first difference, byte\
            """);
    assertThat(messageOf(() -> request().hasTrailer("Checksum", "8")))
        .startsWith(
            """
            the request has no such trailer
              expected  Checksum: 8
              nearest   there are none
            """);
  }

  @Test
  void comparesTheBodyWithoutTheLinesOfChunks() {
    request().hasBody("hello");
    response().hasBody("hello").hasBody(Bytes.utf8("hello"));
    assertThat(messageOf(() -> response().hasBody("help")))
        .startsWith(
            """
            the response has another body
              expected  help
              received  hello
                           ^ first difference, byte 3 of the body
            """);
    assertThat(messageOf(() -> request().hasBody(Bytes.EMPTY)))
        .contains("expected  nothing", "^ more than expected, from byte 0 of the body");
  }

  @Test
  void isNotContentWithAPartOfABody() {
    ManualRecorder cutRecorder = new ManualRecorder();
    cutRecorder
        .open()
        .client("GET / HTTP/1.1|Host: a||")
        .server("HTTP/1.1 200 OK|Content-Length: 9||hello")
        .fin(Side.SERVER);
    ResponseAssert response = assertThat(cutRecorder).response();
    response.hasStatus(200).hasFlaw("4 of the 9 bytes of the body are missing");
    assertThat(messageOf(() -> response.hasBody("hello")))
        .startsWith("the response is not whole\n  expected  hello\n  received  hello\n")
        .contains("flaw      incomplete at byte 43 of the server: 4 of the 9 bytes");
    assertThat(messageOf(() -> response.hasBody("hello, you")))
        .contains("^ ends here, before byte 5 of the body");
  }

  @Test
  void isNotContentWithABodyWhoseEndIsUnknown() {
    ManualRecorder contradictoryRecorder =
        ManualRecorder.clientSent(
            "POST / HTTP/1.1|Host: a|Content-Length: 5|Content-Length: 7||hello");
    assertThat(messageOf(() -> assertThat(contradictoryRecorder).request().hasBody("")))
        .startsWith("the request is not whole")
        .contains("Content-Length (7) must not differ from the other, 5");
    ManualRecorder malformedRecorder =
        ManualRecorder.clientSent(
            "POST / HTTP/1.1|Host: a|Transfer-Encoding: chunked||5|hello|XX|");
    assertThat(messageOf(() -> assertThat(malformedRecorder).request().hasBody("hello")))
        .startsWith("the request is not whole");
  }

  @Test
  void tellsABodyThatWasKeptWhereOthersWereNot() {
    ManualRecorder recorder = new ManualRecorder(RecordingPolicy.headAndTail(200, 100));
    recorder
        .open()
        .client("POST / HTTP/1.1|Host: a|Content-Length: 2||hi")
        .client("PUT / HTTP/1.1|Host: a|Content-Length: 5000||" + "x".repeat(5000))
        .server("HTTP/1.1 200 OK|Content-Length: 5000||" + "x".repeat(5000))
        .client(GET);
    assertThat(recorder).hasRequests(3).request(1).hasBody("hi");
    assertThat(messageOf(() -> assertThat(recorder).request(2).hasBody("x")))
        .startsWith("request 2 has another body")
        .contains("bytes of the body were not kept");
    assertThat(messageOf(() -> assertThat(recorder).request(2).hasBody("x".repeat(5000))))
        .startsWith(
            "request 2 has a body that cannot be compared, because bytes of it were dropped");
  }

  @Test
  void aFlawThatIsThereIsNotWaitedFor() {
    ManualRecorder recorder = new ManualRecorder();
    recorder.open().client("GET / HTTP/1.1|Host: a|Host: b|Content-Length: 2||");
    assertThat(messageOf(() -> assertThat(recorder).within(ofSeconds(60)).request().hasNoFlaw()))
        .startsWith("the request is not as HTTP/1.1 asks for");
    recorder.open().client(GET).server("HTTP/2.0 what|");
    assertThat(
            messageOf(
                () ->
                    assertThat(recorder)
                        .connection(2)
                        .within(ofSeconds(60))
                        .response()
                        .hasStatus(200)))
        .startsWith("the response has another status");
  }

  @Test
  void tellsWhatIsWrong() {
    request().hasNoFlaw();
    ManualRecorder wrongRecorder = ManualRecorder.clientSent("GET / HTTP/1.1|X : y||");
    RequestAssert request = assertThat(wrongRecorder).request();
    request.hasFlaw("white space stands between").hasFlaw("malformed at byte 17 of the client");
    assertThat(messageOf(request::hasNoFlaw))
        .startsWith(
            """
            the request is not as HTTP/1.1 asks for
              expected  no flaw
              flaw      malformed at byte 17 of the client: white space stands between a header's\
             name and its colon
              flaw      malformed at byte 25 of the client: the headers end here without Host,\
             which HTTP/1.1 asks for
            """);
    assertThat(messageOf(() -> request.hasFlaw("obs-fold")))
        .startsWith(
            """
            the request has no such flaw
              expected  obs-fold
              received  2 flaws
              flaw      malformed at byte 17\
            """);
  }
}
