package dev.partyline.samples.script;

import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static java.time.Duration.ofSeconds;

import dev.partyline.junit5.ScriptedListener;
import dev.partyline.loopback.Client;
import dev.partyline.loopback.Listener;
import org.junit.jupiter.api.Test;

/** Two connections put in order: the second is answered only when the first has committed. */
class OrderedConnectionsTest {

  // tag::order[]
  @Test
  void theReaderIsAnsweredAfterTheWriter(
      @ScriptedListener(
              """
              connection
                C: SET answer 42
                S: OK
                mark written
              connection
                C: GET answer
                await written
                S: 42
              """)
          Listener store) {
    try (Client writer = Client.to(store.address()).start();
        Client reader = Client.to(store.address()).start()) {
      reader.sendLine("GET answer");
      assertThat(store).within(ofSeconds(5)).connection(2).client().sentLine("GET answer");
      assertThat(store).connection(2).server().sentNothing();

      writer.sendLine("SET answer 42");
      writer.expectLine("OK");
      reader.expectLine("42");
    }
  }
  // end::order[]
}
