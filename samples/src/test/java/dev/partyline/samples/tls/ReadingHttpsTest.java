package dev.partyline.samples.tls;

import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.junit5.Tapped;
import dev.partyline.loopback.Tap;
import dev.partyline.tls.CertificateSpec;
import dev.partyline.tls.Tls;
import java.io.IOException;
import javax.net.ssl.SSLContext;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** HTTPS between OkHttp and MockWebServer, decrypted by a tap between them. */
class ReadingHttpsTest {
  private static final Tls TLS = Tls.standard();

  @AutoClose private final MockWebServer server = new MockWebServer();

  @BeforeEach
  void speakTls() {
    SSLContext context = TLS.trust().contextPresenting(CertificateSpec.standard());
    server.useHttps(context.getSocketFactory());
  }

  @Tapped(to = "server", decrypting = true)
  private Tap tap;

  @Test
  void whatIsSentUnderTlsIsReadInPlain() throws IOException {
    server.enqueue(new MockResponse.Builder().body("bonjour").build());
    OkHttpClient client =
        new OkHttpClient.Builder()
            .sslSocketFactory(TLS.trust().context().getSocketFactory(), TLS.trust().trustManager())
            .build();
    String url = "https://localhost:" + tap.port() + "/greeting";
    Request request = new Request.Builder().url(url).header("Accept-Language", "fr").build();
    try (Response response = client.newCall(request).execute()) {
      assertThat(response.body().string()).isEqualTo("bonjour");
    }
    assertThat(tap).within(ofSeconds(5)).request().hasRequestLine("GET /greeting HTTP/1.1");
    assertThat(tap).request().hasHeader("Accept-Language", "fr");
    assertThat(tap).response().hasStatus(200).hasBody("bonjour");
    client.connectionPool().evictAll();
  }
}
