package dev.partyline.script.player;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.Side;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a player cannot go on.
 *
 * @param endReason the kind of reason
 * @param problem the reason in a sentence
 * @param side the side whose bytes were looked at; null if none were
 * @param expected what was expected, as the script has it; several in branches and any order
 * @param received what came instead, from where the expectation began, or from shortly before the
 *     difference if that is far away
 * @param difference the first byte in {@code received} that differs; -1 if none does
 * @param offset its offset in all that the side sent
 */
record Failure(
    EndReason endReason,
    String problem,
    @Nullable Side side,
    List<String> expected,
    Bytes received,
    int difference,
    long offset) {

  /** How many bytes before and after the first difference are shown. */
  static final int EXCERPT_BYTES = 400;

  /** Returns the failure for input that was not expected at all. */
  static Failure unexpectedInput(
      EndReason endReason, String problem, Side side, InputBuffer input) {
    Bytes excerpt = input.excerpt(0, EXCERPT_BYTES);
    return new Failure(endReason, problem, side, List.of(), excerpt, 0, input.consumedBytes());
  }

  /** Returns the same with a reason for a FIN of the peer, if there is one. */
  Failure withReason(String reason) {
    boolean explained = endReason == EndReason.PEER_FIN && !reason.isEmpty();
    String newProblem = explained ? problem + ": " + reason : problem;
    return new Failure(endReason, newProblem, side, expected, received, difference, offset);
  }

  /** Returns the failure to send, because the peer has reset the connection. */
  static Failure beforeSending(Side ownSide) {
    return of(
        EndReason.PEER_RESET,
        "the "
            + ownSide.peer()
            + " reset the connection before the "
            + ownSide
            + " could send this");
  }

  static Failure of(EndReason endReason, String problem) {
    return new Failure(endReason, problem, null, List.of(), Bytes.EMPTY, -1, 0);
  }
}
