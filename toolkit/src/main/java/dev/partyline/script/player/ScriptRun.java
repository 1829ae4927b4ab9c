package dev.partyline.script.player;

import dev.partyline.wire.Side;
import java.util.Map;
import java.util.Optional;

/**
 * How a player has fared on one connection, as it was at one moment.
 *
 * @param connection the ordinal of the connection in its recording, from 1
 * @param side the side that the player spoke for
 * @param endReason why it ended; empty while it plays
 * @param done whether nothing is left that must still be said or met: the end, or the start of an
 *     endless pass
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
   * Returns whether the script failed here: it ended, and neither by finishing nor by a handshake
   * that was to fail.
   */
  public boolean failed() {
    boolean expectedFailure =
        done && endReason.isPresent() && endReason.get() == EndReason.HANDSHAKE_FAILED;
    return endReason.isPresent() && endReason.get() != EndReason.FINISHED && !expectedFailure;
  }
}
