package dev.partyline.loopback;

import java.nio.ByteBuffer;

/**
 * Who speaks on our end of a connection: it hears what happened, on the loop, and has the {@link
 * Endpoint} act. What it hears is in the recording already.
 */
interface EndpointOwner {
  /** The connection is there. */
  default void onOpened() {}

  /** The peer sent this: a piece of the stream, or one datagram. */
  default void onReceived(ByteBuffer bytes) {}

  /** The peer sent a FIN. */
  default void onPeerFin() {}

  /** The peer sent an RST. */
  default void onPeerReset() {}

  /** There is no peer, and that is why. */
  default void onRefused(String reason) {}

  /** Both sides have agreed on TLS. */
  default void onHandshakeDone() {}

  /**
   * They have not, or TLS broke, and that is why; the connection is closed right after.
   *
   * @param expected whether that is what the test has asked for
   */
  default void onTlsFailed(String reason, boolean expected) {}

  /** All that was said has left. */
  default void onFlushed() {}

  /** The time that was asked for has come. */
  default void onWakeUp() {}

  /** The test closes our end now. */
  default void onShutdown() {}

  /** Our end is closed, whoever wanted it. */
  default void onClosed() {}
}
