package dev.partyline.script.player;

import dev.partyline.script.Script;
import dev.partyline.script.transcript.Redacted;
import dev.partyline.wire.Recorded;
import java.util.List;

/** Something that plays a script, and knows how far it is on each connection. */
public interface ScriptedPeer extends Recorded, Redacted {
  /** Returns the script; one without steps if it is driven from Java. */
  Script script();

  /** Returns the result of each connection so far, in the order of the recording. */
  List<ScriptRun> runs();

  /**
   * Returns where the player of a connection is in the script.
   *
   * @param connection the ordinal of the connection in the recording, from 1
   * @throws IllegalArgumentException if there is no connection of that number
   */
  Cursor cursor(int connection);

  /** Returns the marks that its script sets and awaits, which it may share with other peers. */
  Marks marks();

  /** Returns the {@code connection} blocks that no connection was opened for yet, as printed. */
  List<String> unusedBlocks();
}
