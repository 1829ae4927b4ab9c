package dev.partyline.tls;

import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509TrustManager;

/**
 * What code under test needs in order to trust the test authority, and nobody else: an immutable
 * value, without any key in it.
 */
public final class Trust {
  private static final int PEM_LINE_CHARS = 64;

  private final TestAuthority authority;

  Trust(TestAuthority authority) {
    this.authority = authority;
  }

  /**
   * Returns a context for a client that trusts the test authority, and shows no certificate.
   *
   * <p>It is a new one each time, so that no session of one test is resumed in another. Like every
   * context it compares no host name by itself; HTTP clients do, and {@code
   * SSLParameters.setEndpointIdentificationAlgorithm("HTTPS")} has JSSE do so.
   *
   * @throws TlsException if this JVM cannot do what it takes
   */
  public SSLContext context() {
    return Jsse.context(null, trustManager(), authority);
  }

  /**
   * Returns the same as {@link #context()} for a client that shows a certificate of the test
   * authority when it is asked for one, whatever authorities the server names.
   *
   * @param spec such as {@code CertificateSpec.standard().forClient("alice")}
   * @throws TlsException if this JVM cannot do what it takes
   */
  public SSLContext contextPresenting(CertificateSpec spec) {
    return Jsse.context(authority.identity(spec), trustManager(), authority);
  }

  /**
   * Returns what trusts the test authority and nobody else.
   *
   * @throws TlsException if this JVM cannot do what it takes
   */
  public X509TrustManager trustManager() {
    return Jsse.trustManager(authorities());
  }

  /** Returns the certificate of the test authority. */
  public List<X509Certificate> authorities() {
    return List.of(authority.certificate());
  }

  /**
   * Returns the certificate of the test authority as text (RFC 7468), as the file has it that
   * {@code curl --cacert} and {@code openssl -CAfile} read.
   */
  public String pem() {
    StringBuilder text = new StringBuilder();
    for (X509Certificate each : authorities()) {
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
