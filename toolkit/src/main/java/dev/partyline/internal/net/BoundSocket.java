package dev.partyline.internal.net;

import java.net.SocketAddress;

/** What a listener has opened, in whatever mode. */
public interface BoundSocket extends Runnable, SocketOwner {
  SocketAddress address();

  /** Begins to serve; what was opened before does not wait for the loop. */
  void open();

  /** Does everything that peers asked for before this was called. */
  void drainInput();

  /** Has every player look at the board again: a mark was set. */
  @Override
  void run();

  /** Closes everything, and returns when the descriptors are gone. */
  void close();
}
