package dev.partyline.script;

import dev.partyline.wire.Side;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What all the fibers of one player share.
 *
 * @param own the side that the player speaks for; null for an onlooker
 * @param client what the client has sent and was not taken yet; a player uses that of its peer, an
 *     onlooker both
 * @param server what the server has sent
 * @param board where marks are
 * @param patience how long an expectation waits, in nanoseconds
 * @param opened when the connection opened
 * @param keepsTimes whether lines are said at their recorded times
 * @param datagrams whether an empty message is one
 * @param chosen which branch was taken last where there are several
 */
record PlayerContext(
    @Nullable Side own,
    InputBuffer client,
    InputBuffer server,
    Marks board,
    long patience,
    long opened,
    boolean keepsTimes,
    boolean datagrams,
    IdentityHashMap<Instruction.Choice, Instruction.Branch> chosen) {
  InputBuffer inbox(Side side) {
    return side == Side.CLIENT ? client : server;
  }

  /** Returns how often something was taken out of either inbox. */
  long takes() {
    return client.takes() + server.takes();
  }
}
