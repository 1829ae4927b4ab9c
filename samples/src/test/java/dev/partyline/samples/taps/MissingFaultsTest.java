package dev.partyline.samples.taps;

import static dev.partyline.samples.docs.ShownOutput.assertShown;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.junit5.InWeather;
import dev.partyline.junit5.ScriptedListener;
import dev.partyline.junit5.Tapped;
import dev.partyline.loopback.Client;
import dev.partyline.loopback.Listener;
import dev.partyline.loopback.Tap;
import dev.partyline.samples.docs.JUnitRun;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A test of a fault that never acts proves nothing, and neither does a tap that is not used. */
class MissingFaultsTest {
  @Test
  void aFaultThatMustFireAndHitsNothingFailsTheTest() {
    assertShown("weather-missed", JUnitRun.messageOf(ShortAnswer.class, Map.of()));
  }

  @Test
  void aTapThatIsNotUsedFailsTheTest() {
    assertThat(JUnitRun.messageOf(OtherAddress.class, Map.of()))
        .startsWith("no connection came through @Tapped parameter [tap]");
  }

  static class ShortAnswer {
    @Test
    @InWeather("seed 7; delay 1ms from server; reset after 512 bytes must fire")
    void isReset(
        @ScriptedListener("C: PING\nS: PONG\n") Listener server, @Tapped(to = "server") Tap tap) {
      try (Client client = Client.to(tap.address()).start()) {
        client.sendLine("PING");
        client.expectLine("PONG");
      }
    }
  }

  static class OtherAddress {
    @Test
    void passesByTheTap(
        @ScriptedListener("C: PING\nS: PONG\n") Listener server, @Tapped(to = "server") Tap tap) {
      try (Client client = Client.to(server.address()).start()) {
        client.sendLine("PING");
        client.expectLine("PONG");
      }
    }
  }
}
