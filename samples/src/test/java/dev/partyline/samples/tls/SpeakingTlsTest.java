package dev.partyline.samples.tls;

import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partyline.junit5.ScriptedListener;
import dev.partyline.loopback.Listener;
import dev.partyline.peers.Program;
import dev.partyline.tls.CertificateSpec;
import dev.partyline.tls.Tls;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script has the decrypted bytes; the client has to trust the test authority. */
class SpeakingTlsTest {
  @Test
  void curlSpeaksTls(
      @ScriptedListener(
              tls = "standard",
              value =
                  """
                  C: GET / HTTP/1.1
                  C: ...
                  C:
                  S: HTTP/1.1 200 OK
                  S: Content-Length: ${body-length}
                  S:
                  S| hello
                  """)
          Listener web,
      @TempDir Path folder)
      throws IOException {
    Path authority = folder.resolve("authority.pem");
    Files.writeString(authority, Tls.standard().trust().pem());
    String url = "https://127.0.0.1:" + web.port() + "/";
    assertThat(Program.run("", "curl", "-sS", "--cacert", authority, url)).isEqualTo("hello");
    assertThat(web).client().sentLine("GET / HTTP/1.1");
  }

  // tag::expired[]
  static Tls expired() {
    return Tls.standard().certificate(CertificateSpec.standard().expired());
  }

  @Test
  void anExpiredCertificateIsRefused(
      @ScriptedListener(tls = "expired", value = "C: never reached") Listener web) {
    HttpClient client =
        HttpClient.newBuilder().sslContext(Tls.standard().trust().context()).build();
    URI url = URI.create("https://localhost:" + web.port() + "/");
    assertThatThrownBy(
            () -> client.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString()))
        .isInstanceOf(SSLHandshakeException.class)
        .hasStackTraceContaining("CertificateExpiredException");
  }
  // end::expired[]
}
