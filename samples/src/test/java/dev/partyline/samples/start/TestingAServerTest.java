package dev.partyline.samples.start;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import dev.partyline.junit5.ScriptedClient;
import dev.partyline.loopback.Client;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The other end: a server under test, and a client that sends what no HTTP library does. */
class TestingAServerTest {
  // tag::own-server[]
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.createContext(
        "/prices/tea",
        exchange -> {
          exchange.sendResponseHeaders(200, 4);
          exchange.getResponseBody().write("3.50".getBytes(UTF_8));
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  InetSocketAddress address() {
    return server.getAddress();
  }

  // end::own-server[]

  // tag::own-client[]
  @Test
  void aRequestInTwoPiecesIsAnswered(
      @ScriptedClient(
              to = "address",
              value =
                  """
                  C| GET /prices/t
                  pause 50ms
                  C: ea HTTP/1.1
                  C: Host: shop.example
                  C:
                  S: HTTP/1.1 200 OK
                  S: ...
                  S:
                  S| 3.50
                  """)
          Client client) {}

  // end::own-client[]
}
