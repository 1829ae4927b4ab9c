package dev.partyline.script.player;

import dev.partyline.wire.Side;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

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
   * Returns whose run it is and how far it got, without the problem and the values, which may have
   * secrets.
   */
  @Override
  public String toString() {
    return "ScriptRun[connection=%d, side=%s, endReason=%s, done=%s, values of %s]"
        .formatted(
            connection,
            side,
            endReason.map(EndReason::name).orElse("none"),
            done,
            new TreeSet<>(values.keySet()));
  }

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
