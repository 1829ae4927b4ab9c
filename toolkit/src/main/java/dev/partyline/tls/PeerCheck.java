package dev.partyline.tls;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;

/**
 * How an end looks at the certificate of the other.
 *
 * @param authorities who is trusted beside the test authority
 */
record PeerCheck(Demand demand, boolean anyone, List<X509Certificate> authorities) {
  /** Whether a server asks for a certificate. */
  enum Demand {
    NOTHING,
    ASKING,
    REQUIRING
  }

  static final PeerCheck STANDARD = new PeerCheck(Demand.NOTHING, false, List.of());

  PeerCheck demanding(Demand other) {
    return new PeerCheck(other, anyone, authorities);
  }

  PeerCheck trustingAnyone() {
    return new PeerCheck(demand, true, authorities);
  }

  PeerCheck trusting(X509Certificate... more) {
    List<X509Certificate> all = new ArrayList<>(authorities);
    all.addAll(List.of(more));
    return new PeerCheck(demand, anyone, List.copyOf(all));
  }

  TrustManager trustManager(TestAuthority authority) {
    if (anyone) {
      return new TrustAllManager();
    }
    List<X509Certificate> all = new ArrayList<>(authorities);
    all.add(authority.certificate());
    return Jsse.trustManager(all);
  }

  void asServer(SSLParameters terms) {
    // Either setter would undo the other.
    if (demand == Demand.REQUIRING) {
      terms.setNeedClientAuth(true);
    } else {
      terms.setWantClientAuth(demand == Demand.ASKING);
    }
  }

  /** Has JSSE compare the name or address of the server to its certificate, as RFC 2818 says. */
  void asClient(SSLParameters terms, String host) {
    boolean named = !host.isEmpty() || !terms.getServerNames().isEmpty();
    if (!anyone && named) {
      terms.setEndpointIdentificationAlgorithm("HTTPS");
    }
  }
}
