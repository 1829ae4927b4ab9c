package dev.partyline.script.player;

import dev.partyline.script.Script;
import dev.partyline.script.ScriptException;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Event;
import dev.partyline.wire.Termination;
import java.util.Iterator;
import java.util.Set;

/**
 * Matches a conversation with a script: both sides are expected.
 *
 * <p>Each side's bytes are matched with its own lines in their order. Bytes that a side sends early
 * (pipelining) are matched when the script reaches its lines. The end that a fault made of a side
 * that went on does not count.
 */
public final class ScriptMatch {
  /** Enough for any recording that fits into memory. */
  private static final int MAX_TURNS = 10_000;

  private final Player player;
  private final Iterator<Termination> terminations;
  private final Set<Termination> supersededEnds;

  private ScriptMatch(Player player, Conversation conversation) {
    this.player = player;
    this.terminations = conversation.ledger().iterator();
    this.supersededEnds = conversation.supersededEnds();
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
    ScriptMatch match = new ScriptMatch(player, conversation);
    match.advance(0);
    conversation.forEachEvent(match::feed);
    match.advance(conversation.durationNanos());
    return match;
  }

  private void feed(Event event) {
    // A deadline must pass before what comes after it is matched.
    advance(event.nanos());
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
    } else if (!supersededEnds.contains(terminations.next())) {
      player.onEnded(event.side(), event instanceof Event.Rst);
    }
    advance(event.nanos());
  }

  /** Plays until nothing is left to do: the player yields now and then, as if on an event loop. */
  private void advance(long nanos) {
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
