package dev.partyline.peers;

import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static java.time.Duration.ofSeconds;

import com.sun.net.httpserver.HttpServer;
import dev.partyline.loopback.Client;
import dev.partyline.ports.PortLease;
import dev.partyline.ports.Ports;
import dev.partyline.script.Script;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Scripted and blocking clients of foreign servers. */
class RealServersTest {

  @Test
  void a_scripted_client_talks_to_redis() {
    // Redis cannot bind port 0.
    try (PortLease lease = Ports.reserve();
        Redis redis = lease.bind(Redis::new);
        Client client =
            Client.to("127.0.0.1", redis.port())
                .playing(RealClientsTest.script("redis-client.wire"))
                .start()) {
      assertThat(client).within(ofSeconds(10)).finishedScript();
    }
  }

  @Test
  void a_scripted_client_gets_a_page_from_the_server_of_the_jdk() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] page = "hello".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, page.length);
          exchange.getResponseBody().write(page);
          exchange.close();
        });
    server.start();
    Script script =
        Script.parse(
            """
            C: GET / HTTP/1.1
            C: Host: example.org
            C: Connection: close
            C:
            S: HTTP/1.1 200 OK
            any order
              S: Date: ${*}
              S: Content-length: 5
              S: ...
            S:
            S| hello
            S! finish
            """);
    try (Client client = Client.to(server.getAddress()).playing(script).start()) {
      assertThat(client).within(ofSeconds(10)).finishedScript();
    } finally {
      server.stop(0);
    }
  }
}
