package dev.partyline.tls;

import java.security.GeneralSecurityException;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** What is made by the factories of JSSE. */
final class Jsse {
  private Jsse() {}

  /**
   * Returns a new context, which shares no sessions with others.
   *
   * @param identity the certificate that it presents; null for none
   */
  static SSLContext context(
      @Nullable Identity identity, TrustManager trustManager, TestAuthority authority) {
    KeyManager[] keyManagers =
        identity == null ? new KeyManager[0] : new KeyManager[] {new SingleKeyManager(identity)};
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keyManagers, new TrustManager[] {trustManager}, authority.random());
      return context;
    } catch (GeneralSecurityException e) {
      throw KeyType.unsupported("use TLS", e);
    }
  }

  /** Returns a manager that trusts only these authorities, and does not check revocation. */
  static X509TrustManager trustManager(Collection<X509Certificate> authorities) {
    Set<TrustAnchor> anchors =
        authorities.stream()
            .map(each -> new TrustAnchor(each, null))
            .collect(Collectors.toUnmodifiableSet());
    try {
      PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, new X509CertSelector());
      parameters.setRevocationEnabled(false);
      TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
      factory.init(new CertPathTrustManagerParameters(parameters));
      return (X509TrustManager) factory.getTrustManagers()[0];
    } catch (GeneralSecurityException e) {
      throw KeyType.unsupported("check certificates", e);
    }
  }

  /** Loads most of the classes that an engine needs. */
  static void preload() {
    context().createSSLEngine();
  }

  /** Returns the names of all cipher suites that this JVM supports, in its order. */
  static List<String> cipherSuites() {
    return List.of(context().getSupportedSSLParameters().getCipherSuites());
  }

  /** Returns one without keys and without the authorities of the JDK, which take long to read. */
  private static SSLContext context() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[0], new TrustManager[0], null);
      return context;
    } catch (GeneralSecurityException e) {
      throw KeyType.unsupported("use TLS", e);
    }
  }
}
