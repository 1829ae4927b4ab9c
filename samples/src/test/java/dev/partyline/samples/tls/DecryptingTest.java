package dev.partyline.samples.tls;

import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.junit5.ScriptedListener;
import dev.partyline.junit5.Tapped;
import dev.partyline.loopback.Listener;
import dev.partyline.loopback.Tap;
import dev.partyline.tls.Tls;
import dev.partyline.view.tls.ClientHello;
import dev.partyline.view.tls.TlsMessages;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

/** The same server before a tap that decrypts, and before one that does not. */
class DecryptingTest {
  @ScriptedListener(
      tls = "standard",
      value =
          """
          C: GET /greeting HTTP/1.1
          C: ...
          C:
          S: HTTP/1.1 200 OK
          S: Content-Length: ${body-length}
          S:
          S| bonjour
          """)
  Listener server;

  // tag::tls-tap[]
  @Test
  void whatIsSentUnderTlsIsRecordedInPlain(@Tapped(to = "server", decrypting = true) Tap tap)
      throws IOException, InterruptedException {
    assertThat(greeting(tap)).isEqualTo("bonjour");
    assertThat(tap).request().hasRequestLine("GET /greeting HTTP/1.1");
  }

  @Test
  void theHelloIsReadWithoutAKey(@Tapped(to = "server") Tap tap)
      throws IOException, InterruptedException {
    assertThat(greeting(tap)).isEqualTo("bonjour");
    TlsMessages tls = TlsMessages.of(tap.recording().conversations().get(0));
    ClientHello hello = tls.clientHello().orElseThrow();
    assertThat(hello.serverName()).contains("localhost");
    assertThat(hello.alpn()).containsExactly("h2", "http/1.1");
    assertThat(tls.serverHello().orElseThrow().version()).isEqualTo("TLSv1.3");
  }

  // end::tls-tap[]

  private static String greeting(Tap tap) throws IOException, InterruptedException {
    HttpClient client =
        HttpClient.newBuilder().sslContext(Tls.standard().trust().context()).build();
    URI url = URI.create("https://localhost:" + tap.port() + "/greeting");
    return client.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString()).body();
  }
}
