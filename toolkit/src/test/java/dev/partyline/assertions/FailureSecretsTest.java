package dev.partyline.assertions;

import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.partyline.script.Script;
import dev.partyline.view.http.Http1;
import dev.partyline.view.http2.Http2;
import dev.partyline.view.resp.Resp;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Event;
import dev.partyline.wire.Recording;
import dev.partyline.wire.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FailureSecretsTest {
  private static final String SECRET = "Zq7rX2mLw9";
  private static final String LOGIN =
      "C: AUTH LOGIN\nS: 334 VXNlcm5hbWU6\nC: dXNlcm5hbWU=\nS: 334 UGFzc3dvcmQ6\nC: "
          + SECRET
          + "\nS: 235 ok";

  private static Conversation conversation(String script) {
    List<Event> events = new ArrayList<>();
    for (String line : script.split("\n", -1)) {
      Side side = line.startsWith("C") ? Side.CLIENT : Side.SERVER;
      events.add(
          new Event.Sent(side, 0, Bytes.utf8(line.substring(Math.min(line.length(), 3)) + "\r\n")));
    }
    return Conversation.of(events);
  }

  private static final Conversation MAIL = conversation(LOGIN);
  private static final Conversation WEB =
      conversation(
          "C: GET /?token="
              + SECRET
              + " HTTP/1.1\nC: Authorization: Bearer "
              + SECRET
              + "\nC:\nS: HTTP/1.1 200 OK\nS:");

  /** Read as HTTP it has a flaw, which quotes what stands in place of a version. */
  private static final Conversation QUOTED = conversation("C: AUTH \"my " + SECRET + "\"\nS: -no");

  private static final Conversation BAD_LENGTH =
      conversation("C: POST / HTTP/1.1\nC: Content-Length: token=" + SECRET + "\nC:");

  static Stream<Runnable> failures() {
    return Stream.of(
        () -> assertThat(QUOTED).request().hasMethod("GET"),
        () -> assertThat(QUOTED).hasRequests(1),
        () -> assertThat(QUOTED).viewedAs(c -> Http1.of(c).flaws()).shows("nothing"),
        () -> assertThat(QUOTED).viewedAs(c -> Http1.of(c).flaws()).satisfies(f -> f.isEmpty()),
        () -> assertThat(QUOTED).viewedAs(Resp::of).satisfies(all -> all.isEmpty()),
        () -> assertThat(BAD_LENGTH).request().hasNoFlaw(),
        () -> assertThat(BAD_LENGTH).request().hasFlaw("nowhere"),
        () -> assertThat(Resp.of(QUOTED).messages()).isEmpty(),
        () -> assertThat(Http1.of(QUOTED).flaws()).isEmpty(),
        () -> assertThat(Http1.of(WEB).requests()).isEmpty(),
        () -> assertThat(MAIL).client().sent(SECRET + "0"),
        () -> assertThat(MAIL).client().sentLine(SECRET.substring(0, 7) + "zzz"),
        () -> assertThat(MAIL).client().sentExactly(SECRET),
        () -> assertThat(MAIL).client().sentOnlyAfter(SECRET, "235 ok"),
        () -> assertThat(MAIL).server().sentOnlyAfter("235 ok", SECRET + "x"),
        () -> assertThat(MAIL).client().sentInOrder(SECRET, "AUTH"),
        () -> assertThat(MAIL).client().sentNothing(),
        () -> assertThat(MAIL).follows(Script.parse(LOGIN.replace("235 ok", "535 no"))),
        () -> assertThat(MAIL).follows(Script.parse(LOGIN.replace(SECRET, SECRET + "x"))),
        () -> assertThat(WEB).client().sent("Bearer " + SECRET + "0"),
        () -> assertThat(WEB).client().sentOnlyAfter(SECRET, "nothing"),
        () ->
            assertThat(Recording.of(WEB))
                .request()
                .hasHeader("Authorization", "Bearer " + SECRET + "0"),
        () -> assertThat(Recording.of(WEB)).request().hasHeader("X-Other", SECRET),
        () -> assertThat(Recording.of(WEB)).request().hasNoHeader("authorization"),
        () ->
            assertThat(Recording.of(WEB))
                .request()
                .hasRequestLine("GET /?token=" + SECRET + "1 HTTP/1.1"),
        () -> assertThat(Recording.of(WEB)).request().hasMethod("PUT"),
        () -> assertThat(Recording.of(WEB)).request().hasBody(SECRET),
        () -> assertThat(WEB).viewedAs(Http2::of).shows(SECRET),
        () -> assertThat(Recording.of(WEB)).hasRequests(2),
        () -> assertThat(Recording.of(WEB)).hasRequestsInOrder("GET /?token=" + SECRET + "0"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void no_failure_shows_a_secret_of_its_conversation(Runnable failure) {
    Throwable thrown = catchThrowable(failure::run);
    assertThat(thrown).isInstanceOf(AssertionError.class);
    assertThat(thrown.getMessage())
        .contains("***")
        .doesNotContain(SECRET)
        .doesNotContain(SECRET.substring(0, 7))
        .doesNotContain(SECRET.substring(3));
  }

  @Test
  void a_script_that_cannot_be_parsed_shows_no_secret() {
    String script = LOGIN + "\nC: Authorization: Bearer " + SECRET + "${";
    Throwable thrown = catchThrowable(() -> Script.parse(script));
    assertThat(thrown.getMessage()).contains("Authorization: ***").doesNotContain(SECRET);
  }

  @Test
  void a_value_with_an_equals_sign_in_it_is_masked_as_a_whole() {
    Conversation login =
        conversation("S: HTTP/1.1 200 OK\nS: Set-Cookie: b=c; sid=Zq7rX=2mLw9\nS:");
    Throwable thrown = catchThrowable(() -> assertThat(login).server().sent("Zq7rX=2mLw9x"));
    assertThat(thrown.getMessage()).doesNotContain("Zq7rX=2mLw9");
  }

  @Test
  void what_is_no_secret_stays() {
    Throwable thrown = catchThrowable(() -> assertThat(MAIL).client().sent("STARTTLS"));
    assertThat(thrown.getMessage())
        .contains("AUTH LOGIN", "334 VXNlcm5hbWU6", "235 ok", "STARTTLS");
  }
}
