package dev.partyline.internal.relay;

import dev.partyline.internal.net.BoundSocket;

/** What a tap has opened. */
public interface TapSocket extends BoundSocket {
  /**
   * Has connects refused or not, as the weather has it by now; the address stays ours. What has
   * been accepted before goes on. Nothing happens once this is closed.
   */
  void updateRefusal();
}
