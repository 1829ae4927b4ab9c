package dev.partyline.samples.assertions;

import static dev.partyline.assertions.PartylineSoftAssertions.assertSoftly;
import static dev.partyline.samples.docs.ShownOutput.assertShown;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partyline.junit5.ScriptedListener;
import dev.partyline.loopback.Client;
import dev.partyline.loopback.Listener;
import org.junit.jupiter.api.Test;

/** What failures say, and that soft assertions report all of them. */
class FailingSoftlyTest {

  @Test
  void allFailuresAreReported(@ScriptedListener("C: EHLO ${*}\nS: 250 ok\nC: ...") Listener mail) {
    try (Client client = Client.to(mail.address()).start()) {
      client.sendLine("EHLO a.example");
      assertThatThrownBy(() -> check(mail, client.readLine()))
          .isInstanceOf(AssertionError.class)
          .satisfies(failure -> assertShown("soft-failures", failure.getMessage().strip()));
    }
  }

  private static void check(Listener mail, String answer) {
    // tag::assert-softly[]
    assertSoftly(
        softly -> {
          softly.assertThat(mail).client().as("the greeting").sentLine("EHLO b.example");
          softly.assertThat(mail).hasConnections(2);
          softly.assertThat(mail).within(ofMillis(200)).client().sentLine("QUIT");
          softly.assertThat(answer).startsWith("250"); // AssertJ, passes
        });
    // end::assert-softly[]
  }
}
