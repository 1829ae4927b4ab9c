package dev.partyline.samples.failures;

import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static dev.partyline.samples.docs.ShownOutput.assertShown;
import static java.time.Duration.ofSeconds;

import dev.partyline.junit5.ScriptedListener;
import dev.partyline.loopback.Client;
import dev.partyline.loopback.Listener;
import dev.partyline.samples.docs.JUnitRun;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is shown when an assertion does not hold. */
class AssertionFailureTest {
  @Test
  void theNearestBytesAreShown(@TempDir Path reports) {
    JUnitRun run = JUnitRun.of(Greeting.class, reports, Map.of());
    assertShown("nearest", run.messages("asksInFrench"));
    assertShown("by-hand", run.messages("isGreeted"));
  }

  static class Greeting {
    @ScriptedListener("C: ...\nC:\nS: HTTP/1.1 200 OK\nS:\nS| hello")
    private Listener server;

    private Client client;

    @BeforeEach
    void ask() {
      client = Client.to(server.address()).start();
      client.send("GET /greeting HTTP/1.1\r\nAccept-Language: fr, en\r\n\r\n");
    }

    @AfterEach
    void close() {
      client.close();
    }

    @Test
    void asksInFrench() {
      // tag::nearest[]
      assertThat(server).within(ofSeconds(1)).client().sentLine("Accept-Language: fr");
      // end::nearest[]
    }

    @Test
    void isGreeted() {
      client.expect("HTTP/1.1 200 OK\r\n\r\nbonjour");
    }
  }
}
