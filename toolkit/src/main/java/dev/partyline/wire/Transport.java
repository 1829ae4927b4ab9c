package dev.partyline.wire;

/** What carries a conversation. */
public enum Transport {
  /** A TCP connection (RFC 9293). */
  TCP,
  /** Datagrams between two addresses (RFC 768): without FIN and RST, with boundaries. */
  UDP,
  /** A stream over a Unix domain socket (unix(7)). */
  UNIX;

  /** Returns whether the bytes are one stream, in which the boundaries of writes mean nothing. */
  public boolean isStream() {
    return this != UDP;
  }
}
