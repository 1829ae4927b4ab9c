package dev.partyline.loopback;

import java.nio.ByteBuffer;

/**
 * Who speaks on our end of a connection: it hears what happened, on the loop, and has the {@link
 * Endpoint} act. What it hears is in the recording already.
 */
interface EndpointOwner {
  /** The connection is there. */
  default void opened() {}

  /** The peer sent this: a piece of the stream, or one datagram. */
  default void received(ByteBuffer bytes) {}

  /** The peer sent a FIN. */
  default void peerFinished() {}

  /** The peer sent an RST. */
  default void peerReset() {}

  /** There is no peer, and that is why. */
  default void refused(String why) {}

  /** Both sides have agreed on TLS. */
  default void secured() {}

  /**
   * They have not, or TLS broke, and that is why; the connection is closed right after.
   *
   * @param asked whether that is what the test has asked for
   */
  default void handshakeFailed(String why, boolean asked) {}

  /** All that was said has left. */
  default void flushed() {}

  /** The time that was asked for has come. */
  default void woken() {}

  /** The test closes our end now. */
  default void stopped() {}

  /** Our end is closed, whoever wanted it. */
  default void closed() {}
}
