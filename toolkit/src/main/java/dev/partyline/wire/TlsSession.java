package dev.partyline.wire;

/**
 * What one side of a connection and our end negotiated for TLS (RFC 8446). It prints as a comment
 * and is not compared.
 *
 * @param peer the peer of our end in this session; a tap has one session with each side
 * @param version the version of TLS, such as {@code TLSv1.3}
 * @param cipherSuite the cipher suite, such as {@code TLS_AES_128_GCM_SHA256}
 * @param applicationProtocol what ALPN selected (RFC 7301), such as {@code h2}; empty if nothing
 * @param serverName the name that the client sent as SNI (RFC 6066, 3); empty if none
 * @param resumed whether the handshake resumed an earlier session, by an id or a ticket, so that no
 *     certificate was sent
 */
public record TlsSession(
    Side peer,
    String version,
    String cipherSuite,
    String applicationProtocol,
    String serverName,
    boolean resumed) {
  /**
   * Returns whether one direction can end before the other (RFC 8446, 6.1). Up to TLS 1.2 the end
   * of one ends both (RFC 5246, 7.2.1).
   */
  public boolean hasHalfClose() {
    return version.equals("TLSv1.3");
  }

  /** Returns the text of the comment, such as {@code TLS with the client: TLSv1.3, …}. */
  @Override
  public String toString() {
    return "TLS with the "
        + peer
        + ": "
        + version
        + ", "
        + cipherSuite
        + (applicationProtocol.isEmpty() ? "" : ", ALPN " + applicationProtocol)
        + (serverName.isEmpty() ? "" : ", SNI " + serverName)
        + (resumed ? ", resumed" : "");
  }
}
