package dev.partyline.wire;

/**
 * What one side of a connection and our end agreed on when they started TLS (RFC 8446); it is
 * printed as a comment and never compared.
 *
 * @param peer the side that our end spoke TLS with; a tap in the middle does with both
 * @param version the version of TLS, such as {@code TLSv1.3}
 * @param cipherSuite the cipher suite, such as {@code TLS_AES_128_GCM_SHA256}
 * @param applicationProtocol what ALPN chose (RFC 7301), such as {@code h2}; empty if nothing
 * @param serverName the name that the client asked for by SNI (RFC 6066, 3); empty if none
 */
public record TlsSession(
    Side peer, String version, String cipherSuite, String applicationProtocol, String serverName) {
  /** Returns it as a remark, such as {@code TLS with the client: TLSv1.3, …}. */
  @Override
  public String toString() {
    return "TLS with the "
        + peer
        + ": "
        + version
        + ", "
        + cipherSuite
        + (applicationProtocol.isEmpty() ? "" : ", ALPN " + applicationProtocol)
        + (serverName.isEmpty() ? "" : ", SNI " + serverName);
  }
}
