package dev.partyline.assertions;

import static dev.partyline.assertions.Failures.messageOf;
import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.script.Ending;
import dev.partyline.script.Redaction;
import dev.partyline.script.Script;
import dev.partyline.wire.Bytes;
import java.time.Duration;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MaskingTest {
  private static final String REQUEST = "GET / HTTP/1.1|Authorization: Basic hunter2|X-Key: k3y|";

  static Stream<ThrowingCallable> failures() {
    Wire wire = Wire.saying(REQUEST);
    SideAssert client = assertThat(wire).client();
    ConversationAssert connection = assertThat(wire).connection();
    return Stream.of(
        () -> client.sent("Authorization: Basic hunter3"),
        () -> client.sent("unter3"),
        () -> client.sentLine("Authorization: Basic hunter3"),
        () -> client.sentExactly(REQUEST.replace("|", "\r\n").replace("hunter2", "hunter3")),
        () -> client.sentInOrder("GET", "Basic hunter3"),
        client::sentNothing,
        () -> client.sentNoMoreThan(30),
        client::finished,
        connection::wasReset,
        () -> connection.follows(Script.parse("C: GET / HTTP/1.1\nC: Authorization: none")),
        () ->
            connection.isEqualTo(wire.recording().conversations().get(0).with(java.util.List.of())),
        () -> assertThat(Bytes.utf8("Cookie: hunter2\r\n")).isEmpty(),
        () -> assertThat(Bytes.utf8("Cookie: hunter2\r\n")).isEqualTo("Cookie: hunter3\r\n"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void noFailureTellsTheSecret(ThrowingCallable failure) {
    assertThat(messageOf(failure)).doesNotContain("hunter2", "hunte");
  }

  @Test
  void saysThatTheDifferenceIsMasked() {
    String other = "Authorization: Basic hunter3";
    assertThat(messageOf(() -> assertThat(Wire.saying(REQUEST)).client().sentLine(other)))
        .contains(
            """
              expected  Authorization: *************
              nearest   Authorization: *************
                                                   ^ first difference, byte 43 of what the client sent, which is masked
            """);
  }

  @Test
  void keepsTheRulesOfTheOneThatPlayed() {
    Theatre theatre =
        Theatre.playing(
            Redaction.standard().headers("X-Key"), "C: GET /", "C: X-Key: ${key}", "C: .");
    theatre.open().client("GET /|X-Key: k3y|");
    assertThat(theatre).client().sent("k3y");
    assertThat(
            Stream.<ThrowingCallable>of(
                () -> assertThat(theatre).finishedScript(),
                () -> assertThat(theatre).connection(1).endedBecause(Ending.STUCK),
                () -> assertThat(theatre).client().sentLine("X-Key: none"),
                () ->
                    assertThat(theatre)
                        .client()
                        .within(Duration.ZERO)
                        .sentExactly("GET /\r\nX-Key: k"),
                () -> assertThat(theatre).client().sentNothing()))
        .map(Failures::messageOf)
        .allSatisfy(message -> assertThat(message).doesNotContain("k3y"));
  }
}
