package dev.partyline.internal.net;

import java.nio.channels.NetworkChannel;
import java.util.List;

/** Something of ours that has sockets. */
public interface SocketOwner {
  /** Returns those that are open now, without those that only hold a port of a lease. */
  List<NetworkChannel> channels();

  /** Returns how many sockets hold ports of a lease. */
  default int heldPortCount() {
    return 0;
  }
}
