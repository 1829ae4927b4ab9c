package dev.partyline.internal.net;

import java.net.SocketAddress;

/** What a listener has opened, in whatever mode. */
public interface BoundSocket extends SocketOwner {
  SocketAddress address();

  /** Begins to serve; what was opened before does not wait for the loop. */
  void open();

  /** Does everything that peers asked for before this was called. */
  void drainInput();

  /** Tells every connection that a mark was set or that the weather has changed. */
  void onStateChanged();

  /** Closes everything, and returns when the descriptors are gone. */
  void close();
}
