package dev.partyline.junit5.internal;

import dev.partyline.netstat.OpenSocket;
import dev.partyline.netstat.OpenSockets;
import dev.partyline.ports.OpenResource;
import dev.partyline.wire.TimeoutFactor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Waits a little for what is open at the end of a test to be closed, and fails if it is not. */
final class LeakCheck {
  private static final Duration GRACE_PERIOD = Duration.ofMillis(500);

  /**
   * A closed channel keeps its descriptor until its selector runs again, which takes up to 3 s in
   * the JDK's HTTP client (HttpClientImpl, NODEADLINE).
   */
  private static final Duration SELECTOR_GRACE_PERIOD = Duration.ofSeconds(4);

  private static final Duration MAX_GRACE_PERIOD = Duration.ofMinutes(1);

  /** How often all descriptors are listed, to see those that are opened late. */
  private static final Duration SCAN_INTERVAL = Duration.ofMillis(100);

  private final Supplier<List<LeakCandidates>> source;
  private final Consumer<List<LeakCandidates>> forgetAction;
  private final long startNanos = System.nanoTime();
  private final LeakTimes times = new LeakTimes();
  private final Map<Set<LeakScope>, OpenSockets> seenSockets = new HashMap<>();
  private final Map<Set<LeakScope>, LeakCandidates> candidatesByScopes = new LinkedHashMap<>();
  private final Map<OpenSocket, Set<LeakScope>> scopesBySocket = new HashMap<>();
  private final List<LeakReport> reports = new ArrayList<>();

  /**
   * Makes one.
   *
   * @param source returns what is open now
   * @param forgetAction is called with what was checked
   */
  LeakCheck(Supplier<List<LeakCandidates>> source, Consumer<List<LeakCandidates>> forgetAction) {
    this.source = source;
    this.forgetAction = forgetAction;
  }

  void run() {
    CollectorProbe probe = new CollectorProbe();
    List<LeakCandidates> candidates = source.get();
    if (candidates.stream().allMatch(LeakCandidates::isEmpty)) {
      return;
    }
    boolean interrupted = Thread.interrupted();
    try {
      awaitClose(probe, candidates);
    } catch (InterruptedException e) {
      interrupted = true;
    } finally {
      forgetAction.accept(source.get());
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    if (!reports.isEmpty()) {
      throw LeakReport.error(reports);
    }
  }

  private void awaitClose(CollectorProbe probe, List<LeakCandidates> first)
      throws InterruptedException {
    List<LeakCandidates> candidates = first;
    List<Thread> threads = first.stream().flatMap(each -> each.ownThreads().stream()).toList();
    try (CloseWait wait = new CloseWait(probe, threads)) {
      first.forEach(each -> seenSockets.put(each.scopes(), each.sockets()));
      report(candidates);
      Set<OpenSocket> openSockets = reportedSockets();
      // The collector may have closed them before they could be looked up.
      first.forEach(each -> openSockets.addAll(closedSince(each)));
      while ((!openSockets.isEmpty() || isAnyOpen(candidates)) && remainingNanos() > 0) {
        long nanos = Math.min(remainingNanos(), SCAN_INTERVAL.toNanos());
        noteCollected(wait.await(openSockets, openResources(candidates), nanos));
        candidates = source.get();
        // A report costs a look into the tables of the kernel.
        if (noteLate(candidates) || openSockets.isEmpty() || remainingNanos() <= 0) {
          report(candidates);
          openSockets.clear();
          openSockets.addAll(reportedSockets());
        }
      }
    }
  }

  private static List<OpenSocket> closedSince(LeakCandidates candidates) {
    return candidates.sockets().withoutRows().stream().filter(each -> !each.isOpen()).toList();
  }

  private boolean isAnyOpen(List<LeakCandidates> candidates) {
    return !reports.isEmpty() && !openResources(candidates).isEmpty();
  }

  private void noteCollected(Set<OpenSocket> sockets) {
    scopesBySocket.forEach(
        (socket, scopes) -> {
          if (sockets.contains(socket)) {
            times.addCollected(socket, scopes);
          }
        });
  }

  private void report(List<LeakCandidates> candidates) {
    candidatesByScopes.replaceAll((scopes, earlier) -> earlier.withoutSockets());
    candidates.forEach(each -> candidatesByScopes.put(each.scopes(), each));
    reports.clear();
    for (LeakCandidates each : candidatesByScopes.values()) {
      note(each.sockets().withoutRows(), each.scopes());
      LeakReport report = LeakReport.of(each, times);
      if (!report.isEmpty()) {
        reports.add(report);
        note(report.sockets(), report.scopes());
      }
    }
  }

  /** Notes whose sockets these are, in the state in which they were seen last. */
  private void note(Collection<OpenSocket> sockets, Set<LeakScope> scopes) {
    for (OpenSocket socket : sockets) {
      if (socket.row() != null || !scopesBySocket.containsKey(socket)) {
        scopesBySocket.remove(socket);
        scopesBySocket.put(socket, scopes);
      }
    }
  }

  /** Returns what was left open and is not closed by now, not even by the garbage collector. */
  private Set<OpenSocket> reportedSockets() {
    Set<OpenSocket> sockets = new HashSet<>();
    reports.forEach(report -> sockets.addAll(report.sockets()));
    sockets.removeIf(times::isCollected);
    return sockets;
  }

  private static List<OpenResource> openResources(List<LeakCandidates> candidates) {
    return candidates.stream()
        .flatMap(each -> each.resources().stream())
        .filter(OpenResource::isOpen)
        .toList();
  }

  /** Notes what was opened since the test has ended, and returns whether there is any. */
  private boolean noteLate(List<LeakCandidates> candidates) {
    Duration afterEnd = Duration.ofNanos(System.nanoTime() - startNanos);
    boolean anyLate = false;
    for (LeakCandidates each : candidates) {
      OpenSockets none = each.sockets().since(each.sockets());
      OpenSockets late = each.sockets().since(seenSockets.getOrDefault(each.scopes(), none));
      times.addLate(late.lookUp(), afterEnd, each.ownThreads());
      seenSockets.put(each.scopes(), each.sockets());
      anyLate |= !late.isEmpty();
    }
    return anyLate;
  }

  private long remainingNanos() {
    boolean mayBeClosed = reports.stream().allMatch(LeakReport::mayBeClosed);
    long graceNanos = gracePeriodNanos(mayBeClosed ? SELECTOR_GRACE_PERIOD : GRACE_PERIOD);
    return startNanos + graceNanos - System.nanoTime();
  }

  /** While a debugger is attached, stretched times are days. */
  private static long gracePeriodNanos(Duration unscaled) {
    Duration scaled = TimeoutFactor.stretch(unscaled);
    return (scaled.compareTo(MAX_GRACE_PERIOD) > 0 ? unscaled : scaled).toNanos();
  }
}
