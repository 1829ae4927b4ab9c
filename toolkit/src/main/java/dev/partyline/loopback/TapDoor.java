package dev.partyline.loopback;

/** What a tap has opened. */
interface TapDoor extends Door {
  /**
   * Has connects refused from now on, or no more; the address stays ours. What has been accepted
   * before goes on.
   */
  void refuse(boolean on);
}
