package dev.partyline.loopback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.partyline.script.transcript.Redaction;
import org.junit.jupiter.api.Test;

/** What the failure of a blocking client must not show. */
class BlockingClientRedactionTest {

  @Test
  void neither_the_expected_cookie_nor_the_received_one_is_shown() {
    Throwable failure = failure(Redaction.standard());
    assertThat(failure).hasMessageContaining("Set-Cookie: ****");
    assertThat(failure.getMessage()).doesNotContain("wanted").doesNotContain("came");
  }

  @Test
  void without_redaction_both_are_shown() {
    assertThat(failure(Redaction.none()))
        .hasMessageContaining("wanted")
        .hasMessageContaining("came");
  }

  private static Throwable failure(Redaction redaction) {
    try (Listener server =
            Listener.handling(
                    connection -> {
                      connection.sendLine("Set-Cookie: came");
                      connection.readToEnd();
                    })
                .start();
        Client client = Client.to(server.address()).redacting(redaction).start()) {
      return catchThrowable(() -> client.expectLine("Set-Cookie: wanted"));
    }
  }
}
