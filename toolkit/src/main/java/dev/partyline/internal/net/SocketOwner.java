package dev.partyline.internal.net;

import java.nio.channels.NetworkChannel;
import java.util.List;

/** A listener, client, tap or lease, which has sockets. */
public interface SocketOwner {
  /** Returns the channels that are open now; what only holds a port of a lease is none. */
  List<NetworkChannel> channels();

  /** Returns how many sockets hold ports of a lease. */
  default int heldPortCount() {
    return 0;
  }
}
