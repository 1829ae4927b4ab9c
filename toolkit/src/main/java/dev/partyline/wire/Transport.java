package dev.partyline.wire;

/** What carries a conversation. */
public enum Transport {
  /** A TCP connection (RFC 9293). */
  TCP,
  /** Datagrams between two addresses (RFC 768): no FIN, no RST, boundaries count. */
  UDP,
  /** A stream over a Unix domain socket (unix(7)). */
  UNIX;

  /** Returns whether bytes arrive as one stream, so that how they were split means nothing. */
  public boolean isStream() {
    return this != UDP;
  }
}
