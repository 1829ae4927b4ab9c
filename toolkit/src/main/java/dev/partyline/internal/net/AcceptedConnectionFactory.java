package dev.partyline.internal.net;

import java.io.IOException;
import java.nio.channels.SocketChannel;

/** Decides what is to come of a connection that was accepted. */
public interface AcceptedConnectionFactory {
  /**
   * Returns who serves the channel, which is in non-blocking mode, on the loop of the room; called
   * on the loop of the door, in the order in which the channels were accepted.
   */
  AcceptedConnection create(SocketChannel acceptedChannel, AcceptedConnections connections)
      throws IOException;

  /** Returns whether guests can do without one another, so that two loops can share them. */
  default boolean canUseTwoLoops() {
    return false;
  }
}
