package dev.partyline.samples.listeners;

import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static java.time.Duration.ofSeconds;

import com.sun.net.httpserver.HttpServer;
import dev.partyline.junit5.ScriptedClient;
import dev.partyline.loopback.Client;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A server under test, and a client that is typed by hand, as into telnet. */
class MissingPageTest {
  static InetSocketAddress address;
  static HttpServer server;

  @BeforeAll
  static void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
    address = server.getAddress();
  }

  // tag::missing-page[]
  @Test
  void aPageThatIsMissingIsNotFound(@ScriptedClient(to = "address") Client telnet) {
    telnet.sendLine("GET /missing HTTP/1.1");
    telnet.sendLine("Host: example.org");
    telnet.sendLine("");
    telnet.expectLine("HTTP/1.1 404 Not Found");
    assertThat(telnet).within(ofSeconds(5)).server().sent("No context found for request");
  }

  // end::missing-page[]

  @AfterAll
  static void stop() {
    server.stop(0);
  }
}
