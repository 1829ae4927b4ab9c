package dev.partyline.script.player;

import dev.partyline.wire.Side;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What all the fibers of one player share.
 *
 * @param ownSide the side that the player speaks for; null for an onlooker
 * @param clientInput what the client has sent and was not taken yet; a player uses that of its
 *     peer, an onlooker both
 * @param serverInput what the server has sent
 * @param marks where marks are
 * @param timeoutNanos how long an expectation waits, in nanoseconds
 * @param openedNanos when the connection opened
 * @param keepsTimes whether lines are said at their recorded times
 * @param datagrams whether an empty message is one
 * @param chosenBranches which branch was taken last where there are several
 */
record PlayerContext(
    @Nullable Side ownSide,
    InputBuffer clientInput,
    InputBuffer serverInput,
    Marks marks,
    long timeoutNanos,
    long openedNanos,
    boolean keepsTimes,
    boolean datagrams,
    IdentityHashMap<Instruction.Choice, Instruction.Branch> chosenBranches) {
  InputBuffer input(Side side) {
    return side == Side.CLIENT ? clientInput : serverInput;
  }

  /** Returns how often something was taken out of either inbox. */
  long consumeCount() {
    return clientInput.consumeCount() + serverInput.consumeCount();
  }
}
