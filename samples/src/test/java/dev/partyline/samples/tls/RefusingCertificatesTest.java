package dev.partyline.samples.tls;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partyline.loopback.Listener;
import dev.partyline.tls.CertificateSpec;
import dev.partyline.tls.Tls;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;

/** What the HTTP client of the JDK reports about certificates that are wrong. */
class RefusingCertificatesTest {
  private static final SSLContext TRUST = Tls.standard().trust().context();

  @Test
  void oneThatIsNotValidNow() {
    assertThatAsking(CertificateSpec.standard().expired(), TRUST)
        .hasRootCauseInstanceOf(CertificateExpiredException.class);
    assertThatAsking(CertificateSpec.standard().notYetValid(), TRUST)
        .hasRootCauseInstanceOf(CertificateNotYetValidException.class);
  }

  @Test
  void oneWithoutATrustedAuthority() throws Exception {
    String noPath = "unable to find valid certification path to requested target";
    assertThatAsking(CertificateSpec.standard().selfSigned(), TRUST).hasMessageContaining(noPath);
    assertThatAsking(CertificateSpec.standard().withoutIntermediate(), TRUST)
        .hasMessageContaining(noPath);
    assertThatAsking(CertificateSpec.standard(), SSLContext.getDefault())
        .hasMessageContaining(noPath);
  }

  @Test
  void oneOfAnotherHostOrPurpose() {
    assertThatAsking(CertificateSpec.standard().forClient("alice"), TRUST)
        .hasMessageContaining("Extended key usage does not permit use for TLS server");
  }

  @Test
  void theCertificateOfAnotherHostIsRefused() {
    CertificateSpec other = CertificateSpec.standard().forHosts("other.example");
    assertThatAsking(other, Tls.standard().trust().context())
        .isInstanceOf(SSLHandshakeException.class)
        .hasMessageContaining("No subject alternative DNS name matching localhost found");
  }

  private static AbstractThrowableAssert<?, ?> assertThatAsking(
      CertificateSpec certificate, SSLContext context) {
    Tls tls = Tls.standard().certificate(certificate);
    try (Listener web = Listener.silent().tls(tls).start()) {
      HttpClient client = HttpClient.newBuilder().sslContext(context).build();
      URI url = URI.create("https://localhost:" + web.port() + "/");
      HttpRequest request = HttpRequest.newBuilder(url).build();
      return assertThatThrownBy(() -> client.send(request, BodyHandlers.ofString()));
    }
  }
}
