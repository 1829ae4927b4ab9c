package dev.partyline.samples.failures;

import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static dev.partyline.samples.docs.ShownOutput.assertShown;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partyline.junit5.ScriptedListener;
import dev.partyline.loopback.Client;
import dev.partyline.loopback.Listener;
import dev.partyline.loopback.ListenerSpec;
import dev.partyline.samples.docs.JUnitRun;
import dev.partyline.script.transcript.Redaction;
import dev.partyline.view.Dump;
import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which secrets a failure has as asterisks. */
class MaskingTest {
  @Test
  void aRuleOfTheTestMasksWhatTheStandardDoesNotKnow(@TempDir Path reports) {
    assertShown("masked", JUnitRun.of(Shop.class, reports, Map.of()).printed("isAuthorized"));
  }

  static class Shop {
    // tag::redact[]
    @ScriptedListener(
        value = "every connection\n  C: ...\n  C:\n  S: HTTP/1.1 403 Forbidden\n  S:",
        redact = {"(?im)^X-Door: *(.*)", "card=(\\d+)"})
    private Listener shop;

    // end::redact[]

    @Test
    void isAuthorized() {
      try (Client client = Client.to(shop.address()).start()) {
        client.sendLine("GET /prices?token=f00ba4&card=4711 HTTP/1.1");
        client.sendLine("Authorization: Bearer c2VjcmV0");
        client.sendLine("X-Door: 12345");
        client.sendLine("");
        client.expectLine("HTTP/1.1 200 OK");
      }
    }
  }

  @Test
  void aSpecHasTheSameRules() {
    // tag::redacting[]
    Redaction redaction =
        Redaction.standard().headers("X-Door").fields("card").pattern("PIN (\\d+)");
    ListenerSpec spec = Listener.playing("C: ...\nC:").redacting(redaction);
    // end::redacting[]
    try (Listener shop = spec.start()) {
      try (Client client = Client.to(shop.address()).start()) {
        client.send("GET /prices?token=f00ba4&card=4711 HTTP/1.1\r\nX-Door: 12345\r\n\r\n");
        shop.drainInput();
        assertThat(shop).client().sentLine("X-Door: 12345");
        assertThatThrownBy(() -> assertThat(shop).client().sentLine("X-Door: 54321"))
            .hasMessageContaining("C: X-Door: *****")
            .hasMessageContaining("expected  X-Door: *****")
            .hasMessageNotContainingAny("12345", "54321", "f00ba4", "4711");
        String dump = Dump.ascii(shop.redaction().apply(shop.recording().conversations().get(0)));
        Assertions.assertThat(dump).contains("token=******", "X-Door: *****", "card=****");
      }
    }
  }
}
