package dev.partyline.samples.script;

import static dev.partyline.assertions.PartylineAssertions.assertThat;

import dev.partyline.junit5.ScriptedListener;
import dev.partyline.loopback.Client;
import dev.partyline.loopback.Listener;
import org.junit.jupiter.api.Test;

/** A server for any number of connections, which answers each line according to its text. */
class AskingAgainTest {

  // tag::repeat[]
  @Test
  void theCacheAnswersWhateverIsAsked(
      @ScriptedListener(
              """
              every connection
                repeat
                  when
                    C: GET ${key}
                    S: NOTHING IS KNOWN OF ${key}
                  when
                    C: QUIT
                    S! close
              """)
          Listener cache) {
    try (Client client = Client.to(cache.address()).start()) {
      client.sendLine("GET answer");
      client.expectLine("NOTHING IS KNOWN OF answer");
      client.sendLine("GET question");
      client.expectLine("NOTHING IS KNOWN OF question");
    }
    assertThat(cache).client().sentInOrder("GET answer", "GET question");
  }
  // end::repeat[]
}
