package dev.partyline.samples.junit;

import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static java.time.Duration.ofSeconds;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.partyline.junit5.FreePort;
import dev.partyline.junit5.Tapped;
import dev.partyline.loopback.Client;
import dev.partyline.loopback.Tap;
import dev.partyline.peers.Program;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server in a JVM of its own: the test waits until it serves. */
class ServerProcessTest {
  static class Server {
    public static void main(String[] arguments) throws IOException {
      int port = Integer.parseInt(arguments[0]);
      HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
      server.createContext("/health", exchange -> exchange.sendResponseHeaders(204, -1));
      server.start();
    }
  }

  private static Process startServer(int port) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classPath = System.getProperty("java.class.path");
    return new ProcessBuilder(java, "-cp", classPath, Server.class.getName(), "" + port).start();
  }

  // tag::process[]
  @FreePort private int port;

  @Tapped(to = "port")
  private Tap tap;

  private Process server;

  @BeforeEach
  void start() throws IOException {
    server = startServer(port);
    String health = "C: GET /health HTTP/1.1\nC: Host: a\nC:\nS: HTTP/1.1 204 No Content\nS: ...";
    await()
        .untilAsserted(
            () -> {
              try (Client client = Client.to("127.0.0.1", port).playing(health).start()) {
                assertThat(client).within(ofSeconds(1)).finishedScript();
              }
            });
  }

  // end::process[]

  @AfterEach
  void stop() {
    server.destroy();
  }

  @Test
  void theServerIsReachedThroughTheTap() {
    Program.run("", "curl", "--silent", "http://" + tap.host() + ":" + tap.port() + "/health");
    assertThat(tap).response().hasStatus(204);
  }
}
