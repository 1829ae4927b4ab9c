package dev.partyline.samples.views;

import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofSeconds;

import com.sun.net.httpserver.HttpServer;
import dev.partyline.loopback.Client;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests that no HTTP client sends, to the server of the JDK. */
class SpeakingRawHttpTest {
  private final HttpServer server = HttpServer.create();

  SpeakingRawHttpTest() throws IOException {}

  @BeforeEach
  void startTheServer() throws IOException {
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/hello",
        exchange -> {
          exchange.sendResponseHeaders(200, 5);
          exchange.getResponseBody().write("hello".getBytes(UTF_8));
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stopTheServer() {
    server.stop(0);
  }

  @Test
  void aSpaceBeforeTheColonIsRefused() {
    try (Client client = Client.to(server.getAddress()).start()) {
      // tag::http-raw[]
      client.send("GET /hello HTTP/1.1\r\nHost : a.example\r\n\r\n");
      client.readToEnd();
      assertThat(client).request().hasFlaw("malformed at byte 25 of the client: white space");
      assertThat(client).response().hasStatus(400).hasNoFlaw();
      // end::http-raw[]
    }
  }

  @Test
  void twoRequestsAreAnsweredInOrder() {
    try (Client client = Client.to(server.getAddress()).start()) {
      // tag::http-pipelining[]
      client.send("GET /hello HTTP/1.1\r\nHost: a\r\n\r\nGET /b HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(client).within(ofSeconds(5)).request(2).response().hasStatus(404);
      assertThat(client).response(1).hasBody("hello");
      assertThat(client).hasConnections(1).hasRequestsInOrder("GET /hello", "GET /b");
      // end::http-pipelining[]
    }
  }
}
