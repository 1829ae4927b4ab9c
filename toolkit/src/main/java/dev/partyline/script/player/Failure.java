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
 * @param side whose bytes were looked at; null if none were
 * @param expected what was expected, as the script has it; several in branches and any order
 * @param received what came instead, from the beginning of the expectation or, where that is far,
 *     from shortly ahead of the difference
 * @param difference where it differs, in what was received; -1 if it does not
 * @param offset the place of that in all that the side sent
 */
record Failure(
    EndReason endReason,
    String problem,
    @Nullable Side side,
    List<String> expected,
    Bytes received,
    int difference,
    long offset) {

  /** How many bytes ahead of and after the first difference are shown. */
  static final int EXCERPT_BYTES = 400;

  /** Something came that nobody expected: all of what waits in an inbox. */
  static Failure unexpectedInput(
      EndReason endReason, String problem, Side side, InputBuffer input) {
    Bytes excerpt = input.excerpt(0, EXCERPT_BYTES);
    return new Failure(endReason, problem, side, List.of(), excerpt, 0, input.consumedBytes());
  }

  static Failure of(EndReason endReason, String problem) {
    return new Failure(endReason, problem, null, List.of(), Bytes.EMPTY, -1, 0);
  }
}
