package dev.partyline.samples;

import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static java.time.Duration.ofSeconds;

import com.sun.net.httpserver.HttpServer;
import dev.partyline.junit5.ScriptedClient;
import dev.partyline.loopback.Client;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Type HTTP into telnet, and read what a real server answers. */
class SpeakingHttpByHandTest {
  private HttpServer server;

  @BeforeEach
  void startTheServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().add("Location", "/home");
          exchange.sendResponseHeaders(302, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stopTheServer() {
    server.stop(0);
  }

  InetSocketAddress server() {
    return server.getAddress();
  }

  // tag::hand[]
  @Test
  void theFrontPageIsElsewhere(@ScriptedClient(to = "server") Client telnet) {
    telnet.sendLine("GET / HTTP/1.1");
    telnet.sendLine("Host: example.org");
    telnet.sendLine("");
    telnet.expectLine("HTTP/1.1 302 Found");
    assertThat(telnet).within(ofSeconds(2)).server().sentLine("Location: /home");
  }

  // end::hand[]

  @Test
  void theSameAsAScript(
      @ScriptedClient(
              to = "server",
              value =
                  """
                  C: GET / HTTP/1.1
                  C: Host: example.org
                  C: Connection: close
                  C:
                  S: HTTP/1.1 302 Found
                  S: ...
                  S: Location: /${page}
                  S: ...
                  """)
          Client client) {
    assertThat(client).within(ofSeconds(2)).finishedScript();
  }
}
