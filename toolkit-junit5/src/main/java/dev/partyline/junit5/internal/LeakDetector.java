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
 * Knows which scopes can have opened each socket: it takes a snapshot whenever a test or class
 * begins or ends, and attributes what is new to the scopes that ran since the last one.
 */
final class LeakDetector {
  private static final Duration GRACE_PERIOD = Duration.ofMillis(500);

  /**
   * A closed channel keeps its descriptor until its selector runs again, which takes up to 3 s in
   * the JDK's HTTP client (HttpClientImpl, NODEADLINE).
   */
  private static final Duration SELECTOR_GRACE_PERIOD = Duration.ofSeconds(4);

  private static final Duration MAX_GRACE_PERIOD = Duration.ofMinutes(1);
  private static final long RETRY_DELAY_NANOS = 10_000_000;

  private final Set<LeakScope> runningScopes = new LinkedHashSet<>();
  private final Map<Set<LeakScope>, OpenSockets> socketsByScopes = new LinkedHashMap<>();
  private final Map<OpenResource, Set<LeakScope>> scopesByResource = new HashMap<>();
  private Set<OpenResource> lastResources = Set.copyOf(OpenResource.snapshot());
  private OpenSockets lastSockets = OpenSockets.snapshot();

  synchronized void begin(LeakScope scope) {
    if (!runningScopes.contains(scope)) {
      update();
      runningScopes.add(scope);
    }
  }

  synchronized void end(LeakScope scope) {
    runningScopes.remove(scope);
  }

  /** A scope does nothing itself while others run within it. */
  private Set<LeakScope> activeScopes() {
    return runningScopes.stream()
        .filter(scope -> runningScopes.stream().noneMatch(other -> other.isWithin(scope)))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Attributes what is new to the active scopes. */
  synchronized void update() {
    Set<OpenResource> resources = Set.copyOf(OpenResource.snapshot());
    OpenSockets sockets = OpenSockets.snapshot();
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
   * Fails if something is still open that this scope, or other scopes that have ended, opened;
   * waits a little for it to be closed.
   */
  void check(LeakScope scope) {
    long graceNanos = gracePeriodNanos(GRACE_PERIOD);
    long selectorGraceNanos = gracePeriodNanos(SELECTOR_GRACE_PERIOD);
    long startNanos = System.nanoTime();
    LeakCandidates candidates = candidates(scope);
    LeakReport leaks = LeakReport.of(scope, candidates);
    while (!leaks.isEmpty()
        && System.nanoTime() - startNanos
            < (leaks.mayBeClosed() ? selectorGraceNanos : graceNanos)) {
      LockSupport.parkNanos(RETRY_DELAY_NANOS);
      candidates = candidates(scope);
      leaks = LeakReport.of(scope, candidates);
    }
    markReported(candidates);
    if (!leaks.isEmpty()) {
      throw leaks.error();
    }
  }

  /** While a debugger is attached, stretched times are days. */
  private static long gracePeriodNanos(Duration unscaled) {
    Duration scaled = TimeoutFactor.stretch(unscaled);
    return (scaled.compareTo(MAX_GRACE_PERIOD) > 0 ? unscaled : scaled).toNanos();
  }

  private synchronized LeakCandidates candidates(LeakScope scope) {
    update();
    // Empty.
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

  /** What was checked once is not reported again, whether it is a leak or not. */
  private synchronized void markReported(LeakCandidates candidates) {
    socketsByScopes.keySet().removeIf(candidates.scopes()::containsAll);
    scopesByResource.keySet().removeAll(candidates.resources());
  }
}
