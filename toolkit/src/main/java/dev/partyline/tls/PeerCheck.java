package dev.partyline.tls;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;

/**
 * How an end checks the certificate of its peer.
 *
 * @param authorities the authorities that it trusts beside the test authority
 */
record PeerCheck(ClientAuth clientAuth, boolean trustsAll, List<X509Certificate> authorities) {
  /** Whether a server requests or requires a certificate. */
  enum ClientAuth {
    NONE,
    WANT,
    NEED
  }

  static final PeerCheck STANDARD = new PeerCheck(ClientAuth.NONE, false, List.of());

  PeerCheck withClientAuth(ClientAuth other) {
    return new PeerCheck(other, trustsAll, authorities);
  }

  PeerCheck trustingAll() {
    return new PeerCheck(clientAuth, true, authorities);
  }

  PeerCheck trusting(X509Certificate... additional) {
    List<X509Certificate> all = new ArrayList<>(authorities);
    all.addAll(List.of(additional));
    return new PeerCheck(clientAuth, trustsAll, List.copyOf(all));
  }

  TrustManager trustManager(TestAuthority authority) {
    if (trustsAll) {
      return new TrustAllManager();
    }
    List<X509Certificate> all = new ArrayList<>(authorities);
    all.add(authority.certificate());
    return Jsse.trustManager(all);
  }

  void configureServer(SSLParameters sslParameters) {
    // Either setter resets the other.
    if (clientAuth == ClientAuth.NEED) {
      sslParameters.setNeedClientAuth(true);
    } else {
      sslParameters.setWantClientAuth(clientAuth == ClientAuth.WANT);
    }
  }

  /** Lets JSSE compare the name or address of the server to its certificate (RFC 2818). */
  void configureClient(SSLParameters sslParameters, String host) {
    boolean hasName = !host.isEmpty() || !sslParameters.getServerNames().isEmpty();
    if (!trustsAll && hasName) {
      sslParameters.setEndpointIdentificationAlgorithm("HTTPS");
    }
  }
}
