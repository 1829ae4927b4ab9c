package dev.partyline.junit5;

import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.partyline.loopback.Client;
import dev.partyline.loopback.Listener;
import dev.partyline.loopback.Tap;
import dev.partyline.wire.Side;
import org.assertj.core.api.InstanceOfAssertFactories;
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

  @Test
  void aFailureTellsWhatIsHeldThen() {
    assertThat(TestRun.of(FailsWhileHolding.class).failure().getSuppressed())
        .singleElement()
        .asInstanceOf(InstanceOfAssertFactories.THROWABLE)
        .hasMessageContaining("  held      6 bytes and the FIN of the server on connection 1\n");
  }

  static class FailsWhileHolding {
    @ScriptedListener("C: PING\nS: PONG\nS! close")
    Listener server;

    @Tapped(to = "server")
    Tap tap;

    @Test
    void fails() {
      tap.hold(Side.SERVER);
      try (LineClient client = LineClient.of(tap.host(), tap.port())) {
        client.sendLine("PING");
        assertThat(tap).within(ofSeconds(5)).server().sentFin();
        fail("too late");
      }
    }
  }
}
