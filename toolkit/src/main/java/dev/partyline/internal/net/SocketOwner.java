package dev.partyline.internal.net;

import java.nio.channels.NetworkChannel;
import java.util.List;

/** A listener, client, tap or lease, which has sockets. */
public interface SocketOwner {
  /**
   * Returns the channels that are open now; a socket that only holds a leased port does not count.
   */
  List<NetworkChannel> channels();

  /**
   * Closes our ends of the connections that are open now, as closing the owner would, and goes on
   * listening. Has no effect over UDP, where a listener has no connections.
   */
  default void closeConnections() {}

  /** Returns how many sockets hold ports of a lease. */
  default int heldPortCount() {
    return 0;
  }
}
