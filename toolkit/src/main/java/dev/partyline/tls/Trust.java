package dev.partyline.tls;

import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509TrustManager;

/**
 * What code under test needs to trust only the test authority: an immutable value without any key.
 */
public final class Trust {
  private static final int PEM_LINE_CHARS = 64;

  private final TestAuthority authority;

  Trust(TestAuthority authority) {
    this.authority = authority;
  }

  /**
   * Returns a context for a client that trusts the test authority, and presents no certificate.
   *
   * <p>It is a new one each time, so that no session of one test is resumed in another. Like every
   * context it does not compare host names; HTTP clients do, and JSSE does after {@code
   * SSLParameters.setEndpointIdentificationAlgorithm("HTTPS")}.
   *
   * @throws TlsException if this JVM does not support what is needed
   */
  public SSLContext context() {
    return Jsse.context(null, trustManager(), authority);
  }

  /**
   * Returns a {@link #context()} for a client that presents a certificate of the test authority
   * when the server requests one, whatever authorities the server names.
   *
   * @param spec such as {@code CertificateSpec.standard().forClient("alice")}
   * @throws TlsException if this JVM does not support what is needed
   */
  public SSLContext contextPresenting(CertificateSpec spec) {
    return Jsse.context(authority.identity(spec), trustManager(), authority);
  }

  /**
   * Returns a manager that trusts only the test authority.
   *
   * @throws TlsException if this JVM does not support what is needed
   */
  public X509TrustManager trustManager() {
    return Jsse.trustManager(authorities());
  }

  /** Returns the certificate of the test authority. */
  public List<X509Certificate> authorities() {
    return List.of(authority.certificate());
  }

  /**
   * Returns the certificate of the test authority as text (RFC 7468), in the format of {@code curl
   * --cacert} and {@code openssl -CAfile}.
   */
  public String pem() {
    return pem(authorities());
  }

  static String pem(List<X509Certificate> certificates) {
    StringBuilder text = new StringBuilder();
    for (X509Certificate each : certificates) {
      try {
        Base64.Encoder encoder = Base64.getMimeEncoder(PEM_LINE_CHARS, new byte[] {'\n'});
        text.append("-----BEGIN CERTIFICATE-----\n")
            .append(encoder.encodeToString(each.getEncoded()))
            .append("\n-----END CERTIFICATE-----\n");
      } catch (CertificateEncodingException e) {
        throw KeyType.unsupported("encode a certificate", e);
      }
    }
    return text.toString();
  }

  @Override
  public String toString() {
    return "trust in the " + authority;
  }
}
