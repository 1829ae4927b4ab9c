package dev.partyline.samples.tls;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.partyline.junit5.ScriptedClient;
import dev.partyline.loopback.Client;
import dev.partyline.tls.CertificateSpec;
import dev.partyline.tls.Tls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server under test gets a certificate of the test authority, which our client trusts. */
class AskingASecureServerTest {
  private HttpsServer server;

  @BeforeEach
  void start() throws IOException {
    SSLContext context = Tls.standard().trust().contextPresenting(CertificateSpec.standard());
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    server.start();
  }

  SocketAddress address() {
    return server.getAddress();
  }

  @ScriptedClient(
      to = "address",
      tls = "standard",
      value =
          """
          C: GET /nothing HTTP/1.1
          C: Host: localhost
          C:
          S: HTTP/1.1 404 Not Found
          S: ...
          """)
  Client client;

  @Test
  void aPathThatIsUnknownIsNotFound() {} // The script is the test.

  @AfterEach
  void stop() {
    server.stop(0);
  }
}
