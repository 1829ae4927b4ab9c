package dev.partyline.samples.views;

import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static java.net.http.HttpResponse.BodyHandlers.ofString;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.loopback.MockWebServers;
import dev.partyline.loopback.Tap;
import dev.partyline.tls.CertificateSpec;
import dev.partyline.tls.Tls;
import dev.partyline.view.http2.Http2;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** HTTP/2 between the client of the JDK and MockWebServer, decrypted by a tap between them. */
class ReadingHttp2Test {
  private static final Tls TLS = Tls.standard();

  @AutoClose private final MockWebServer server = new MockWebServer();

  @BeforeEach
  void speakTls() {
    server.useHttps(TLS.trust().contextPresenting(CertificateSpec.standard()).getSocketFactory());
    server.enqueue(new MockResponse.Builder().body("bonjour").build());
  }

  @Test
  void theFramesAreRead() throws Exception {
    HttpClient client = HttpClient.newBuilder().sslContext(TLS.trust().context()).build();
    // tag::http2-tap[]
    try (Tap tap =
        MockWebServers.tap(server)
            .clientTls(TLS.alpn("h2"))
            .serverTls(TLS.trustingAll().alpn("h2"))
            .start()) {
      URI url = URI.create("https://localhost:" + tap.port() + "/tea");
      HttpResponse<String> response = client.send(HttpRequest.newBuilder(url).build(), ofString());
      assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
      assertThat(tap)
          .connection(1)
          .viewedAs(Http2::of)
          .shows(":path: /tea")
          .shows("bonjour")
          .satisfies(frames -> frames.anyMatch(frame -> frame.field(":status").isPresent()));
    }
    // end::http2-tap[]
  }
}
