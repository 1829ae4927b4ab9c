package dev.partyline.internal.net;

import java.net.SocketAddress;

/** The open socket of a listener or tap, in any mode. */
public interface BoundSocket extends SocketOwner {
  SocketAddress address();

  /** Starts to serve. */
  void open();

  /** Processes everything that peers had sent before this was called. */
  void drainInput();

  /** Tells the failures what has been lost before it could be read. */
  default void reportDrops() {}

  /** Called when a mark was set or when the weather has changed. */
  void onStateChanged();

  /** Closes everything, and returns when the descriptors are closed. */
  void close();
}
