package dev.partyline.script.player;

import dev.partyline.script.Script;
import dev.partyline.script.ScriptException;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Event;

/**
 * Holds a conversation against a script: both sides are expected.
 *
 * <p>Each side's bytes are held against its own lines in their order; a side that speaks early, as
 * one that pipelines does, is heard when the script comes to it.
 */
public final class ScriptMatch {
  /** Enough for any recording that fits into memory. */
  private static final int MAX_TURNS = 10_000;

  private final Player player;

  private ScriptMatch(Player player) {
    this.player = player;
  }

  /**
   * Returns how the conversation fared by the script's block for its connection.
   *
   * @throws ScriptException if the script cannot be held against that transport
   */
  public static ScriptMatch of(Script script, Conversation conversation) {
    PlayerFactory factory = PlayerFactory.forObserver(script, conversation.transport());
    // A script without blocks is held against whichever conversation it is given.
    int index = factory.maxConnections() == 1 ? 0 : conversation.number() - 1;
    Player player = factory.newPlayer(index, 0);
    advance(player, 0);
    conversation.forEachEvent(event -> feed(player, event));
    advance(player, conversation.durationNanos());
    return new ScriptMatch(player);
  }

  private static void feed(Player player, Event event) {
    // Time runs out before what comes too late is heard.
    advance(player, event.nanos());
    if (event instanceof Event.Sent sent) {
      player.onReceived(sent.side(), sent.bytes().toBuffer());
    } else if (event instanceof Event.TlsStarted) {
      player.onTlsStarted();
    } else if (event instanceof Event.Dropped dropped) {
      throw new IllegalStateException(
          dropped.byteCount()
              + " bytes of the "
              + dropped.side()
              + " were dropped: a script can be held only against all that was said, as"
              + " RecordingPolicy.everything() has it");
    } else {
      player.onEnded(event.side(), event instanceof Event.Rst);
    }
    advance(player, event.nanos());
  }

  /**
   * Has the player look at all that has come: it rests now and then to let others have the loop.
   */
  private static void advance(Player player, long nanos) {
    int turns = 0;
    do {
      player.next(nanos);
    } while (player.wakeAt() <= nanos && ++turns < MAX_TURNS);
  }

  /** Returns whether everything in the script was seen, and nothing else. */
  public boolean follows() {
    return scriptRun().done();
  }

  /** Returns whether it can still come to follow the script when more is said. */
  public boolean isPending() {
    return scriptRun().endReason().isEmpty();
  }

  /** Returns how far the conversation came in the script. */
  public Cursor cursor() {
    return player.cursor();
  }

  private ScriptRun scriptRun() {
    return player.scriptRun(1);
  }
}
