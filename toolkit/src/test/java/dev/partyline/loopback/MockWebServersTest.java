package dev.partyline.loopback;

import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.Test;

class MockWebServersTest {
  private static final MockResponse HELLO = new MockResponse.Builder().body("hello").build();

  @Test
  void startsTheServerAndForwardsToIt() {
    try (MockWebServer server = new MockWebServer();
        Tap tap = MockWebServers.tap(server).start()) {
      server.enqueue(HELLO);
      ask(tap);
      assertThat(tap).client().sentLine("GET / HTTP/1.1");
      assertThat(server.getRequestCount()).isEqualTo(1);
    }
  }

  @Test
  void takesAServerThatIsRunningAsItIs() throws IOException {
    try (MockWebServer server = new MockWebServer()) {
      server.start();
      int port = server.getPort();
      try (Tap tap = MockWebServers.tap(server).start()) {
        server.enqueue(HELLO);
        ask(tap);
      }
      assertThat(server.getPort()).isEqualTo(port);
    }
  }

  private static void ask(Tap tap) {
    try (Client client = Client.to(tap.address()).start()) {
      client.sendLine("GET / HTTP/1.1");
      client.sendLine("Host: a");
      client.sendLine("");
      client.expectLine("HTTP/1.1 200 OK");
    }
  }
}
