package dev.partyline.junit5.internal;

import dev.partyline.netstat.OpenSockets;
import dev.partyline.ports.OpenResource;
import java.util.Set;

/**
 * What may have been left open by some scopes.
 *
 * @param scopes the scopes during which it was opened
 * @param sockets the open sockets
 * @param resources the open listeners, clients, taps and leases
 */
public record LeakCandidates(
    Set<LeakScope> scopes, OpenSockets sockets, Set<OpenResource> resources) {
  /** Returns whether nothing is open; where sockets are known, they alone count. */
  boolean isEmpty() {
    return sockets.isEmpty() && (sockets.isKnown() || resources.isEmpty());
  }
}
