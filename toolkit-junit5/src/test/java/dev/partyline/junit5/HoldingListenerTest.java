package dev.partyline.junit5;

import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.loopback.Client;
import dev.partyline.loopback.Listener;
import dev.partyline.wire.Side;
import org.junit.jupiter.api.Test;

/** What a test holds of a listener that has clear weather by its annotation. */
class HoldingListenerTest {
  @Test
  void anAnswerWaitsForTheTest(
      @ScriptedListener("C: PING\nS: PONG") @InWeather("clear") Listener server) {
    server.weather().hold(Side.SERVER);
    try (Client client = Client.to(server.address()).start()) {
      client.sendLine("PING");
      server.weather().awaitHeld(Side.SERVER, ofSeconds(5));
      assertThat(client).server().sentNothing();
      server.weather().release(Side.SERVER);
      client.expectLine("PONG");
    }
    assertThat(server.weather().weatherReport().faults()).isEmpty();
  }
}
