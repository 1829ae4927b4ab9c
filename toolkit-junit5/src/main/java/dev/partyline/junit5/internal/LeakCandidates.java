package dev.partyline.junit5.internal;

import dev.partyline.netstat.OpenSockets;
import dev.partyline.ports.OpenResource;
import java.util.Set;

/**
 * What may have been left open.
 *
 * @param scopes who ran when it was opened
 * @param sockets what is open, whoever opened it
 * @param resources what is open of the toolkit
 */
public record LeakCandidates(
    Set<LeakScope> scopes, OpenSockets sockets, Set<OpenResource> resources) {
  /** Returns whether nothing is; on a system that tells of sockets nothing else counts. */
  boolean isEmpty() {
    return sockets.isEmpty() && (sockets.isKnown() || resources.isEmpty());
  }
}
