package dev.partyline.assertions;

import static dev.partyline.assertions.Failures.messageOf;
import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.script.player.EndReason;
import dev.partyline.script.transcript.Redaction;
import dev.partyline.wire.Bytes;
import java.time.Duration;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FailureRedactionTest {
  private static final String REQUEST = "GET / HTTP/1.1|Authorization: Basic hunter2|X-Key: k3y|";

  static Stream<ThrowingCallable> failures() {
    ManualRecorder recorder = ManualRecorder.clientSent(REQUEST);
    SideAssert client = assertThat(recorder).client();
    ConversationAssert connection = assertThat(recorder).connection();
    return Stream.of(
        () -> client.sent("Authorization: Basic hunter3"),
        () -> client.sent("unter3"),
        () -> client.sentLine("Authorization: Basic hunter3"),
        () -> client.sentExactly(REQUEST.replace("|", "\r\n").replace("hunter2", "hunter3")),
        () -> client.sentInOrder("GET", "Basic hunter3"),
        client::sentNothing,
        () -> client.sentNoMoreThan(30),
        client::sentFin,
        connection::wasReset,
        () -> connection.follows("C: GET / HTTP/1.1\nC: Authorization: none"),
        () ->
            connection.isEqualTo(
                recorder.recording().conversations().get(0).withEvents(java.util.List.of())),
        () -> assertThat(Bytes.utf8("Cookie: hunter2\r\n")).isEmpty(),
        () -> assertThat(Bytes.utf8("Cookie: hunter2\r\n")).isEqualTo("Cookie: hunter3\r\n"));
  }

  static Stream<ThrowingCallable> failuresOverHttp() {
    InMemoryListener listener =
        InMemoryListener.playing(
            Redaction.standard().pattern("/(hunter2)").pattern("hunt\\x0d\\x0a3\\x0d\\x0aer2"),
            "C: GET /");
    listener
        .open()
        .client(
            "GET /hunter2 HTTP/1.1|Host: a|Authorization: Basic hunter2|Cookie : hunter2|"
                + "Transfer-Encoding: chunked||4|hunt|3|er2|0||");
    RequestAssert request = assertThat(listener).request();
    return Stream.of(
        () -> request.hasRequestLine("GET / HTTP/1.1"),
        () -> request.hasMethod("PUT"),
        () -> request.hasHeader("Authorization", "Basic hunter3"),
        () -> request.hasHeader("Cookie", "hunter3"),
        () -> request.hasHeader("Auth"),
        () -> request.hasNoHeader("Authorization"),
        () -> request.hasNoHeader("Cookie"),
        () -> request.hasTrailer("Cookie", "hunter3"),
        () -> request.hasBody("other"),
        request::hasNoFlaw,
        () -> request.hasFlaw("obs-fold"),
        () -> request.response().hasStatus(200),
        () -> assertThat(listener).hasRequests(3),
        () -> assertThat(listener).hasRequestsInOrder("GET /other"),
        () -> assertThat(listener).hasRequestsInAnyOrder("GET /other"),
        () -> assertThat(listener).request(4).hasMethod("GET"));
  }

  @ParameterizedTest
  @MethodSource({"failures", "failuresOverHttp"})
  void noFailureShowsTheSecret(ThrowingCallable failure) {
    assertThat(messageOf(failure)).doesNotContain("hunter2", "hunte");
  }

  @Test
  void saysThatTheDifferenceIsRedacted() {
    String other = "Authorization: Basic hunter3";
    assertThat(
            messageOf(
                () -> assertThat(ManualRecorder.clientSent(REQUEST)).client().sentLine(other)))
        .contains(
            """
              expected  Authorization: *************
              nearest   Authorization: *************
                                                   ^ first difference, byte 43 of what the client sent, which is masked
            """);
  }

  @Test
  void keepsTheRulesOfTheListenerThatPlayed() {
    InMemoryListener listener =
        InMemoryListener.playing(
            Redaction.standard().headers("X-Key"), "C: GET /", "C: X-Key: ${key}", "C: .");
    listener.open().client("GET /|X-Key: k3y|");
    assertThat(listener).client().sent("k3y");
    assertThat(
            Stream.<ThrowingCallable>of(
                () -> assertThat(listener).finishedScript(),
                () -> assertThat(listener).connection(1).endedBecause(EndReason.TIMED_OUT),
                () -> assertThat(listener).client().sentLine("X-Key: none"),
                () ->
                    assertThat(listener)
                        .client()
                        .within(Duration.ZERO)
                        .sentExactly("GET /\r\nX-Key: k"),
                () -> assertThat(listener).client().sentNothing()))
        .map(Failures::messageOf)
        .allSatisfy(message -> assertThat(message).doesNotContain("k3y"));
  }
}
