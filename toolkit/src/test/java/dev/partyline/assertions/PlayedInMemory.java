package dev.partyline.assertions;

import dev.partyline.script.player.ScriptedPeer;

/** Scripts that were played without a socket, for tests of what shows them. */
public final class PlayedInMemory {
  private PlayedInMemory() {}

  /** Returns a listener whose client has sent QUOTA where QUIT was expected. */
  public static ScriptedPeer withWrongSecondLine() {
    InMemoryListener listener =
        InMemoryListener.playing("C: EHLO a", "S: 250 ok", "C: QUIT", "S: 221 bye");
    listener.open().client("EHLO a|").client("QUOTA|");
    return listener;
  }
}
