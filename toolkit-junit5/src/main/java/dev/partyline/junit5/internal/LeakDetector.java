package dev.partyline.junit5.internal;

import dev.partyline.netstat.OpenSockets;
import dev.partyline.ports.OpenResource;
import dev.partyline.wire.TimeoutFactor;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * Knows of each socket of a run who can have opened it: it looks whenever a test or class begins or
 * ends, and what is new was opened by those who ran since the look before.
 */
final class LeakDetector {
  private static final Duration GRACE_PERIOD = Duration.ofMillis(500);

  /**
   * A closed channel keeps its descriptor until its selector looks again, and the JDK's HTTP client
   * may not have its own do so for 3 s (HttpClientImpl, NODEADLINE).
   */
  private static final Duration SELECTOR_GRACE_PERIOD = Duration.ofSeconds(4);

  private static final Duration MAX_GRACE_PERIOD = Duration.ofMinutes(1);
  private static final long RETRY_DELAY_NANOS = 10_000_000;

  private final Set<LeakScope> runningScopes = new LinkedHashSet<>();
  private final Map<Set<LeakScope>, OpenSockets> socketsByScopes = new LinkedHashMap<>();
  private final Map<OpenResource, Set<LeakScope>> scopesByResource = new HashMap<>();
  private Set<OpenResource> lastResources = Set.copyOf(OpenResource.snapshot());
  private OpenSockets lastSockets = OpenSockets.now();

  synchronized void begin(LeakScope scope) {
    if (!runningScopes.contains(scope)) {
      update();
      runningScopes.add(scope);
    }
  }

  synchronized void end(LeakScope scope) {
    runningScopes.remove(scope);
  }

  /** Whoever has others running within it does nothing itself at that time. */
  private Set<LeakScope> activeScopes() {
    return runningScopes.stream()
        .filter(scope -> runningScopes.stream().noneMatch(other -> other.isWithin(scope)))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Attributes what is new to those who run. */
  synchronized void update() {
    Set<OpenResource> resources = Set.copyOf(OpenResource.snapshot());
    OpenSockets sockets = OpenSockets.now();
    Set<LeakScope> activeScopes = activeScopes();
    OpenSockets newSockets = sockets.since(lastSockets);
    if (!newSockets.isEmpty() && !activeScopes.isEmpty()) {
      socketsByScopes.merge(activeScopes, newSockets, OpenSockets::union);
    }
    socketsByScopes.replaceAll((scopes, earlierSockets) -> sockets.intersection(earlierSockets));
    socketsByScopes.values().removeIf(OpenSockets::isEmpty);
    for (OpenResource each : resources) {
      if (!lastResources.contains(each) && !activeScopes.isEmpty()) {
        scopesByResource.put(each, activeScopes);
      }
    }
    scopesByResource.keySet().retainAll(resources);
    lastSockets = sockets;
    lastResources = resources;
  }

  /**
   * Fails if something is open that was opened by this one, or by others who have ended, and waits
   * a little for it to be closed.
   */
  void check(LeakScope scope) {
    long graceNanos = gracePeriodNanos(GRACE_PERIOD);
    long selectorGraceNanos = gracePeriodNanos(SELECTOR_GRACE_PERIOD);
    long startNanos = System.nanoTime();
    LeakCandidates candidates = candidates(scope);
    Leaks leaks = Leaks.of(scope, candidates);
    while (!leaks.isEmpty()
        && System.nanoTime() - startNanos
            < (leaks.mayBeClosed() ? selectorGraceNanos : graceNanos)) {
      LockSupport.parkNanos(RETRY_DELAY_NANOS);
      candidates = candidates(scope);
      leaks = Leaks.of(scope, candidates);
    }
    markReported(candidates);
    if (!leaks.isEmpty()) {
      throw leaks.error();
    }
  }

  /** With a debugger attached nobody waits for ten days. */
  private static long gracePeriodNanos(Duration unscaled) {
    Duration scaled = TimeoutFactor.stretch(unscaled);
    return (scaled.compareTo(MAX_GRACE_PERIOD) > 0 ? unscaled : scaled).toNanos();
  }

  private synchronized LeakCandidates candidates(LeakScope scope) {
    update();
    // None, so far.
    OpenSockets openSockets = lastSockets.since(lastSockets);
    Set<LeakScope> scopes = new LinkedHashSet<>();
    for (Map.Entry<Set<LeakScope>, OpenSockets> each : socketsByScopes.entrySet()) {
      if (haveEnded(each.getKey(), scope)) {
        openSockets = openSockets.union(each.getValue());
        scopes.addAll(each.getKey());
      }
    }
    Set<OpenResource> openResources = new HashSet<>();
    for (Map.Entry<OpenResource, Set<LeakScope>> each : scopesByResource.entrySet()) {
      if (haveEnded(each.getValue(), scope)) {
        openResources.add(each.getKey());
        scopes.addAll(each.getValue());
      }
    }
    return new LeakCandidates(scopes, openSockets, openResources);
  }

  private boolean haveEnded(Set<LeakScope> scopes, LeakScope endingScope) {
    return scopes.stream()
        .allMatch(each -> each.equals(endingScope) || !runningScopes.contains(each));
  }

  /** What was looked into once is not told again, be it a leak or not. */
  private synchronized void markReported(LeakCandidates candidates) {
    socketsByScopes.keySet().removeIf(candidates.scopes()::containsAll);
    scopesByResource.keySet().removeAll(candidates.resources());
  }
}
