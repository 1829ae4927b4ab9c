package dev.partyline.script.player;

import dev.partyline.wire.Side;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What all the interpreters of one player share.
 *
 * @param ownSide the side that the player plays; null for an observer
 * @param clientInput what the client has sent and was not consumed yet; a player uses that of its
 *     peer, and of its own only how it has ended
 * @param serverInput what the server has sent
 * @param marks the marks that the script sets and waits for
 * @param timeoutNanos how long an expectation waits, in nanoseconds
 * @param openedNanos when the connection opened
 * @param keepsTimes whether lines are sent at their recorded times
 * @param datagrams whether messages are datagrams, which can be empty
 * @param chosenBranches the branch of each choice that was entered last
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

  /** Returns how often something was consumed from either input. */
  long consumeCount() {
    return clientInput.consumeCount() + serverInput.consumeCount();
  }
}
