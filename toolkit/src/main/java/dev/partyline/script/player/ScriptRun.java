package dev.partyline.script.player;

import dev.partyline.wire.Side;
import java.util.Map;
import java.util.Optional;

/**
 * The result of a player on one connection at one moment.
 *
 * @param connection the ordinal of the connection in its recording, from 1
 * @param side the side that the player played
 * @param endReason why it ended; empty while it plays
 * @param done whether nothing is left that must still be sent or matched: the script is at its end,
 *     or at the start of a pass of an endless {@code repeat}
 * @param problem what went wrong in one sentence; empty if nothing did
 * @param values the values of names, as given or taken from the peer, read as UTF-8
 */
public record ScriptRun(
    int connection,
    Side side,
    Optional<EndReason> endReason,
    boolean done,
    String problem,
    Map<String, String> values) {

  /**
   * Returns whether the script failed: it ended, and neither finished nor had a handshake fail as
   * the test expected.
   */
  public boolean failed() {
    boolean expectedFailure =
        done && endReason.isPresent() && endReason.get() == EndReason.HANDSHAKE_FAILED;
    return endReason.isPresent() && endReason.get() != EndReason.FINISHED && !expectedFailure;
  }
}
