package dev.partyline.samples.failures;

import static dev.partyline.samples.docs.ShownOutput.assertShown;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.junit5.InWeather;
import dev.partyline.junit5.ScriptedListener;
import dev.partyline.junit5.Tapped;
import dev.partyline.loopback.Client;
import dev.partyline.loopback.Listener;
import dev.partyline.loopback.Tap;
import dev.partyline.samples.docs.JUnitRun;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a failure tells about a tap. */
class TapFailuresTest {
  @Test
  void theFailureTellsOfTheWeather(@TempDir Path reports) {
    JUnitRun run = JUnitRun.of(Shop.class, reports, Map.of());
    assertShown("tap-report", run.printed("isReset"));
    assertShown("tap-failures", run.messages("goesPastIt", "isTooShort"));
  }

  static class Shop {
    @ScriptedListener("every connection\n  C: price of ${item}\n  S: the price of ${item} is 3.50")
    private Listener shop;

    @Tapped(to = "shop")
    private Tap tap;

    @Test
    @InWeather("seed 7; delay 5ms jitter 2ms; reset after \"price of\" from server")
    void isReset() {
      try (Client client = Client.to(tap.address()).start()) {
        client.sendLine("price of tea");
        assertThat(client.readLine()).isEqualTo("the price of tea is 3.50");
      }
    }

    @Test
    @InWeather("cut after 1KiB must fire")
    void isTooShort() {
      ask(Client.to(tap.address()).start());
    }

    @Test
    void goesPastIt() {
      ask(Client.to(shop.address()).start());
    }

    private static void ask(Client client) {
      try (client) {
        client.sendLine("price of tea");
        client.expectLine("the price of tea is 3.50");
      }
    }
  }
}
