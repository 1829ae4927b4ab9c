package dev.partyline.internal.relay;

import dev.partyline.internal.net.BoundSocket;

/** The open socket of a tap. */
public interface TapSocket extends BoundSocket {
  /**
   * Refuses connects or not, as the weather says now, and keeps the address. Connections that were
   * accepted before go on. Has no effect once this is closed.
   */
  void updateRefusal();
}
