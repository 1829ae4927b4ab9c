package dev.partyline.junit5.internal.leaks;

import dev.partyline.netstat.OpenSockets;
import dev.partyline.ports.OpenResource;
import java.util.List;
import java.util.Set;

/**
 * What may have been left open by some scopes.
 *
 * @param scopes the scopes during which it was opened; if there are several, any of them can have
 *     opened it
 * @param sockets the open sockets, pipes and selectors
 * @param resources the open listeners, clients, taps and leases
 * @param ownThreads the threads that were started at the same time and that still run
 * @param earlierThreads those that were started before, by scopes that have ended
 */
public record LeakCandidates(
    Set<LeakScope> scopes,
    OpenSockets sockets,
    Set<OpenResource> resources,
    List<Thread> ownThreads,
    List<Thread> earlierThreads) {
  /** Returns whether nothing is open; where sockets are known, they alone count. */
  boolean isEmpty() {
    return sockets.isEmpty() && (sockets.isKnown() || resources.isEmpty());
  }

  /** Returns the same scopes, with nothing that is open. */
  LeakCandidates withoutSockets() {
    return new LeakCandidates(scopes, sockets.since(sockets), Set.of(), ownThreads, earlierThreads);
  }
}
