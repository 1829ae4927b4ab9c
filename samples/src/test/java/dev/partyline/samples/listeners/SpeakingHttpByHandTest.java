package dev.partyline.samples.listeners;

import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static java.time.Duration.ofSeconds;

import dev.partyline.junit5.ScriptedClient;
import dev.partyline.loopback.Client;
import java.io.IOException;
import java.net.InetAddress;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Type HTTP into telnet, and read what a real server answers. */
class SpeakingHttpByHandTest {
  private final MockWebServer web = new MockWebServer();

  @BeforeEach
  void startTheServer() throws IOException {
    web.start(InetAddress.getByName("127.0.0.1"), 0);
    web.enqueue(
        new MockResponse.Builder()
            .status("HTTP/1.1 302 Found")
            .addHeader("Location", "/home")
            .build());
  }

  @AfterEach
  void stopTheServer() {
    web.close();
  }

  int port() {
    return web.getPort();
  }

  // tag::hand[]
  @Test
  void theFrontPageIsElsewhere(@ScriptedClient(to = "port") Client telnet) {
    telnet.sendLine("GET / HTTP/1.1");
    telnet.sendLine("Host: example.org");
    telnet.sendLine("");
    telnet.expectLine("HTTP/1.1 302 Found");
    assertThat(telnet).within(ofSeconds(5)).server().sentLine("Location: /home");
  }

  // end::hand[]

  @Test
  void theSameAsAScript(
      @ScriptedClient(
              to = "port",
              value =
                  """
                  C: GET / HTTP/1.1
                  C: Host: example.org
                  C:
                  S: HTTP/1.1 302 Found
                  S: ...
                  S: Location: /${page}
                  S: ...
                  """)
          Client client) {
    assertThat(client).within(ofSeconds(5)).finishedScript();
  }
}
