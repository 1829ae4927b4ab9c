package dev.partyline.samples.start;

import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import dev.partyline.junit5.Tapped;
import dev.partyline.loopback.Tap;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Between a real client and a real server: does the client use its connection again? */
class FirstTapTest {
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

  // tag::first-tap[]
  @Test
  void theClientKeepsTheConnection(@Tapped(to = "address") Tap tap) throws Exception {
    URI url = URI.create("http://" + tap.host() + ":" + tap.port() + "/prices/tea");
    HttpRequest request = HttpRequest.newBuilder(url).build();
    HttpClient client = HttpClient.newHttpClient();
    client.send(request, BodyHandlers.ofString());
    client.send(request, BodyHandlers.ofString());

    assertThat(tap).hasConnections(1).hasRequests(2);
    assertThat(tap).server().sentInOrder("HTTP/1.1 200 OK", "3.50", "HTTP/1.1 200 OK", "3.50");
  }
  // end::first-tap[]
}
