package dev.partyline.internal.net;

import dev.partyline.wire.TlsSession;
import java.nio.ByteBuffer;

/** The owner of a {@link StreamEndpoint}: it is called on the loop for each event. */
public interface StreamOwner {
  /** Returns an empty buffer for the next read. */
  ByteBuffer readBuffer();

  /** Called when the peer has sent bytes. */
  void onReceived(ByteBuffer bytes);

  /**
   * Called when the peer has sent a FIN.
   *
   * @param truncated whether TLS has not ended before it
   */
  void onFin(boolean truncated);

  /** Called when the connection was reset, by the peer unless the error says otherwise. */
  void onReset(SocketError error);

  /** Called when the peer is known to have sent an RST, but not everything before it is read. */
  void onResetPending();

  /** Called when the TLS handshake is done. */
  void onHandshakeDone(TlsSession session);

  /**
   * Called when TLS has failed, which it has told the peer.
   *
   * @param finReceived whether the peer has sent a FIN
   */
  void onTlsFailed(StreamIo io, boolean finReceived);

  /** Called when our FIN is sent. */
  default void onOutputShut() {}

  /** Called when everything was sent. */
  void onWritable();

  /** Called when the channel is ready to connect. */
  default void onConnectable() {}

  /** Called with an exception of the owner. */
  void onFailure(Throwable failure);
}
