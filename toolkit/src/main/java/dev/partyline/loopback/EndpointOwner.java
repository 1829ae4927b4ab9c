package dev.partyline.loopback;

import dev.partyline.tls.CertificateFault;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The owner of an {@link Endpoint}: it is called on the loop for each event, and calls the endpoint
 * to act. Events are already recorded when it is called.
 */
interface EndpointOwner {
  /** Called when the connection is open. */
  default void onOpened() {}

  /** Called when the peer has sent bytes: a piece of the stream, or one datagram. */
  default void onReceived(ByteBuffer bytes) {}

  /** Called when the peer has sent a FIN. */
  default void onPeerFin() {}

  /** Called when the peer has sent an RST. */
  default void onPeerReset() {}

  /** Called when there is no peer, with the reason. */
  default void onRefused(String reason) {}

  /**
   * Called when the TLS handshake is done.
   *
   * @param wrong what is wrong on purpose with our certificate, so that the peer is to refuse it
   */
  default void onHandshakeDone(Optional<CertificateFault> wrong) {}

  /**
   * Called when TLS has failed, with the reason; the connection is closed right after.
   *
   * @param expected whether the test has asked for the failure
   */
  default void onTlsFailed(String reason, boolean expected) {}

  /** Called when everything was sent. */
  default void onFlushed() {}

  /** Called at the time that was asked for, and when a mark was set. */
  default void onWakeUp() {}

  /**
   * Called before our end is closed for a reason that has nothing to do with the peer.
   *
   * @param reason what closes it, as in "the test closed the server"
   */
  default void onShutdown(String reason) {}

  /** Called when our end is closed, for whatever reason. */
  default void onClosed() {}
}
