package dev.partyline.tls;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/** The certificate of an end, what is sent with it, and its private key. */
final class Identity {
  private final PrivateKey key;
  private final List<X509Certificate> chain;

  Identity(PrivateKey key, List<X509Certificate> chain) {
    this.key = key;
    this.chain = chain;
  }

  PrivateKey key() {
    return key;
  }

  /** Returns what is sent: its own certificate first, without the root. */
  List<X509Certificate> chain() {
    return chain;
  }

  @Override
  public String toString() {
    return chain.get(0).getSubjectX500Principal().getName();
  }
}
