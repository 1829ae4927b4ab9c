package dev.partyline.samples.listeners;

import static dev.partyline.assertions.PartylineAssertions.assertThat;

import dev.partyline.junit5.ScriptedClient;
import dev.partyline.loopback.Client;
import java.io.IOException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A server of one's own, tested line by line. */
class TestingALineServerTest {
  TestingALineServerTest() throws IOException {}

  // tag::client-by-hand[]
  @AutoClose private final ShoutingServer server = new ShoutingServer();
  final int port = server.port();

  @Test
  void aLineMayBeSentInPieces(@ScriptedClient(to = "port") Client client) {
    client.send("hel");
    client.send("lo\r\n");
    client.expectLine("HELLO");
    client.shutdownOutput();
    assertThat(client.readToEnd()).isEmpty();
  }

  @Test
  void theServerClosesAfterTheClient(
      @ScriptedClient(to = "port", value = "C: hi\nS: HI\nC! finish\nS! finish") Client client) {}
  // end::client-by-hand[]
}
