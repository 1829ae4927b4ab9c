package dev.partyline.junit5.internal.leaks;

import dev.partyline.netstat.OpenSockets;
import dev.partyline.ports.OpenResource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ExtensionContext.Store;

/**
 * Knows which scopes can have opened each socket: it takes a snapshot whenever a test or class
 * begins or ends, and attributes what is new to the scopes that ran since the last one.
 *
 * <p>JUnit closes it at the end of the run.
 */
// JUnit closes an AutoCloseable from 5.13 on, and only if it is not told otherwise.
@SuppressWarnings("deprecation")
final class LeakDetector implements AutoCloseable, Store.CloseableResource {
  private final Set<LeakScope> runningScopes = new LinkedHashSet<>();

  /** Classes whose tests run, and what is checked now: their own methods do not run. */
  private final Set<LeakScope> restingScopes = new HashSet<>();

  private final Map<Set<LeakScope>, OpenSockets> socketsByScopes = new LinkedHashMap<>();
  private final Map<OpenResource, Set<LeakScope>> scopesByResource = new HashMap<>();
  private final ThreadHistory threads = new ThreadHistory();
  private Set<OpenResource> lastResources = Set.copyOf(OpenResource.snapshot());
  private OpenSockets lastSockets = OpenSockets.snapshotWithSelectors();

  synchronized void begin(LeakScope scope) {
    if (!runningScopes.contains(scope)) {
      update();
      runningScopes.add(scope);
      for (LeakScope each = scope.parent(); each != null; each = each.parent()) {
        restingScopes.add(each);
      }
    }
  }

  /** Notes that the methods of a class run again. */
  synchronized void resume(LeakScope scope) {
    update();
    restingScopes.remove(scope);
  }

  private synchronized void rest(LeakScope scope) {
    update();
    restingScopes.add(scope);
  }

  synchronized void end(LeakScope scope) {
    runningScopes.remove(scope);
    restingScopes.remove(scope);
  }

  /** What rests can only have started a thread that opens something, so others have precedence. */
  private Set<LeakScope> activeScopes() {
    Set<LeakScope> innermost =
        runningScopes.stream()
            .filter(scope -> runningScopes.stream().noneMatch(other -> other.isWithin(scope)))
            .collect(Collectors.toUnmodifiableSet());
    Set<LeakScope> active =
        innermost.stream()
            .filter(scope -> !restingScopes.contains(scope))
            .collect(Collectors.toUnmodifiableSet());
    return active.isEmpty() ? innermost : active;
  }

  /** Attributes what is new to the active scopes. */
  synchronized void update() {
    Set<OpenResource> resources = Set.copyOf(OpenResource.snapshot());
    OpenSockets sockets = OpenSockets.snapshotWithSelectors();
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
    threads.update(activeScopes);
    lastSockets = sockets;
    lastResources = resources;
  }

  /**
   * Fails if something is still open that this scope opened, or several that are within it; waits a
   * little for it to be closed.
   */
  void check(LeakScope scope) {
    rest(scope);
    check(each -> each.equals(scope) || each.isWithin(scope));
  }

  /** Fails the run for what tests of several classes can have left open. */
  @Override
  public void close() {
    check(each -> true);
  }

  private void check(Predicate<LeakScope> isChecked) {
    new LeakCheck(() -> candidates(isChecked), this::forget).run();
  }

  private synchronized List<LeakCandidates> candidates(Predicate<LeakScope> isChecked) {
    update();
    Set<Set<LeakScope>> scopeSets = new LinkedHashSet<>(socketsByScopes.keySet());
    scopeSets.addAll(scopesByResource.values());
    List<LeakCandidates> all = new ArrayList<>();
    for (Set<LeakScope> scopes : scopeSets) {
      if (scopes.stream().allMatch(isChecked)) {
        all.add(candidates(scopes));
      }
    }
    return all;
  }

  private LeakCandidates candidates(Set<LeakScope> scopes) {
    OpenSockets none = lastSockets.since(lastSockets);
    Set<OpenResource> resources =
        scopesByResource.entrySet().stream()
            .filter(entry -> entry.getValue().equals(scopes))
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    return new LeakCandidates(
        scopes,
        socketsByScopes.getOrDefault(scopes, none),
        resources,
        threads.startedBy(scopes),
        threads.leftBefore(scopes, runningScopes));
  }

  /** What was checked once is not reported again, whether it is a leak or not. */
  private synchronized void forget(List<LeakCandidates> checked) {
    for (LeakCandidates each : checked) {
      socketsByScopes.remove(each.scopes());
      scopesByResource.keySet().removeAll(each.resources());
    }
  }
}
