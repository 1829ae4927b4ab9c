package dev.partyline.internal.net;

import java.io.IOException;
import java.nio.channels.SocketChannel;

/** Makes what serves an accepted connection. */
public interface AcceptedConnectionFactory {
  /**
   * Returns what serves the channel, which is in non-blocking mode, on the loop of the given
   * connections. Called on the loop that accepts, in the order in which channels were accepted.
   */
  AcceptedConnection create(SocketChannel acceptedChannel, AcceptedConnections connections)
      throws IOException;

  /** Returns whether connections are independent, so that two loops can share them. */
  default boolean canUseTwoLoops() {
    return false;
  }
}
