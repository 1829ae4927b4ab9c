package dev.partyline.loopback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SecretsByHandTest {
  private static final String SECRET = "Zq7rX2mLw9";

  /** Returns the failure of a listener that has read the name and expects a password. */
  private static String failureOf(String expected, String sent) {
    Listener listener =
        Listener.handling(
                connection -> {
                  connection.readLine();
                  connection.sendLine("334 VXNlcm5hbWU6");
                  connection.readLine();
                  connection.sendLine("334 UGFzc3dvcmQ6");
                  connection.expectLine(expected);
                })
            .deadline(Duration.ofMillis(300))
            .start();
    try (Client client = Client.to(listener.address()).start()) {
      client.sendLine("AUTH LOGIN");
      client.readLine();
      client.sendLine("dXNl");
      client.readLine();
      client.send(sent);
      client.readToEnd();
    } catch (AssertionError e) {
      // The listener resets, which the client may notice in more than one way.
    }
    Throwable failure = catchThrowable(listener::close);
    assertThat(failure).isInstanceOf(AssertionError.class);
    return failure.getMessage() + failure.getCause();
  }

  @Test
  void a_password_that_differs_is_in_no_failure() {
    assertThat(failureOf(SECRET, SECRET.substring(0, 6) + "abcd\r\n"))
        .contains("**********")
        .doesNotContain(SECRET.substring(0, 6), SECRET.substring(6), "abcd");
  }

  @Test
  void a_password_that_does_not_come_is_in_no_failure() {
    assertThat(failureOf(SECRET, "")).contains("timed out", "**********").doesNotContain(SECRET);
  }

  @Test
  void a_password_that_is_not_whole_is_in_no_failure() {
    assertThat(failureOf(SECRET, SECRET.substring(0, 7)))
        .contains("timed out", "*******")
        .doesNotContain(SECRET.substring(0, 7));
  }
}
