package dev.partyline.script.player;

import dev.partyline.script.Script;
import dev.partyline.script.ScriptException;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Event;

/**
 * Matches a conversation with a script: both sides are expected.
 *
 * <p>Each side's bytes are matched with its own lines in their order. Bytes that a side sends early
 * (pipelining) are matched when the script reaches its lines.
 */
public final class ScriptMatch {
  /** Enough for any recording that fits into memory. */
  private static final int MAX_TURNS = 10_000;

  private final Player player;

  private ScriptMatch(Player player) {
    this.player = player;
  }

  /**
   * Matches a conversation with the script's block for its connection.
   *
   * @throws ScriptException if the script cannot be played over that transport
   */
  public static ScriptMatch of(Script script, Conversation conversation) {
    PlayerFactory factory = PlayerFactory.forObserver(script, conversation.transport());
    // A script without blocks is for any conversation.
    int index = factory.maxConnections() == 1 ? 0 : conversation.number() - 1;
    Player player = factory.newPlayer(index, 0);
    advance(player, 0);
    conversation.forEachEvent(event -> feed(player, event));
    advance(player, conversation.durationNanos());
    return new ScriptMatch(player);
  }

  private static void feed(Player player, Event event) {
    // A deadline must pass before what comes after it is matched.
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
              + " were dropped: a script can be matched only with a complete recording, as"
              + " RecordingPolicy.everything() keeps it");
    } else {
      player.onEnded(event.side(), event instanceof Event.Rst);
    }
    advance(player, event.nanos());
  }

  /** Plays until nothing is left to do: the player yields now and then, as if on an event loop. */
  private static void advance(Player player, long nanos) {
    int turns = 0;
    do {
      player.next(nanos);
    } while (player.wakeAt() <= nanos && ++turns < MAX_TURNS);
  }

  /** Returns whether the conversation is all of the script, and nothing else. */
  public boolean follows() {
    return scriptRun().done();
  }

  /** Returns whether it can still follow the script when more is sent. */
  public boolean isPending() {
    return scriptRun().endReason().isEmpty();
  }

  /** Returns how far the conversation follows the script. */
  public Cursor cursor() {
    return player.cursor();
  }

  private ScriptRun scriptRun() {
    return player.scriptRun(1);
  }
}
