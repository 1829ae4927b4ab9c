package dev.partyline.internal.net.procfs;

import java.util.OptionalLong;

/**
 * How far a TCP peer is with what was sent to it.
 *
 * @param untakenBytes what its kernel has yet to acknowledge; empty if the system does not tell
 * @param unreadBytes what its kernel has, and it has not read; empty if the system does not tell,
 *     as for a peer that is not in our network namespace
 */
public record PeerProgress(OptionalLong untakenBytes, OptionalLong unreadBytes) {
  public static final PeerProgress UNKNOWN =
      new PeerProgress(OptionalLong.empty(), OptionalLong.empty());

  /** Returns whether the peer has read all that was sent. */
  public boolean isAllRead() {
    return untakenBytes.orElse(1) == 0 && unreadBytes.orElse(1) == 0;
  }
}
