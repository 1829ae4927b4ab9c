package dev.partyline.samples.script;

import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static java.time.Duration.ofSeconds;

import dev.partyline.junit5.ScriptedListener;
import dev.partyline.loopback.Client;
import dev.partyline.loopback.Listener;
import org.junit.jupiter.api.Test;

/** The test waits for a place in the script, and holds the script at another. */
class MarkingPlaceTest {

  @Test
  void theAnswerIsHeldBackUntilTheTestWantsIt(
      @ScriptedListener(
              """
              C: GET answer
              mark asked
              await released
              S: 42
              """)
          Listener store) {
    try (Client client = Client.to(store.address()).start()) {
      client.sendLine("GET answer");
      store.marks().await("asked", ofSeconds(5));
      assertThat(store).server().sentNothing();
      store.marks().mark("released");
      client.expectLine("42");
    }
  }
}
