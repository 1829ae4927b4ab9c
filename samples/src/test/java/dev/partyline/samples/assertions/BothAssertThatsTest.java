package dev.partyline.samples.assertions;

// tag::assert-both[]
import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.junit5.ScriptedListener;
import dev.partyline.loopback.Client;
import dev.partyline.loopback.Listener;
import org.junit.jupiter.api.Test;

class BothAssertThatsTest {
  @Test
  void theServerAnswersQuit(@ScriptedListener("C: QUIT\nS: 221 bye") Listener mail) {
    try (Client client = Client.to(mail.address()).start()) {
      client.sendLine("QUIT");
      assertThat(client.readLine()).startsWith("221"); // AssertJ
      assertThat(mail).client().sentLine("QUIT"); // Partyline
      assertThat(mail).server().sentOnlyAfter("221", "QUIT"); // Partyline
    }
  }
}
// end::assert-both[]
