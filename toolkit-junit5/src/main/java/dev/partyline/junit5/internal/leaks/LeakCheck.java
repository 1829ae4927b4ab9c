package dev.partyline.junit5.internal.leaks;

import dev.partyline.netstat.OpenSocket;
import dev.partyline.netstat.OpenSockets;
import dev.partyline.ports.OpenResource;
import dev.partyline.wire.TimeoutFactor;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
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

  /** How long is waited before the tables of the kernel are read, which makes garbage. */
  private static final Duration FIRST_WAIT = Duration.ofMillis(100);

  private static final String THREAD_NAME = "partyline-leaks";

  private final Supplier<List<LeakCandidates>> source;
  private final Consumer<List<LeakCandidates>> forgetAction;
  private long startNanos = System.nanoTime();
  private final LeakTimes times = new LeakTimes();
  private final Map<Set<LeakScope>, OpenSockets> seenSockets = new HashMap<>();
  private final Map<Set<LeakScope>, LeakCandidates> candidatesByScopes = new LinkedHashMap<>();
  private final Map<OpenSocket, Set<LeakScope>> scopesBySocket = new HashMap<>();
  private List<LeakReport> reports = List.of();

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
      Set<OpenSocket> openSockets = new HashSet<>();
      for (LeakCandidates each : first) {
        candidatesByScopes.put(each.scopes(), each);
        seenSockets.put(each.scopes(), each.sockets());
        Collection<OpenSocket> sockets =
            wait.needsRows() ? each.sockets().lookUp() : each.sockets().withoutRows();
        note(sockets, each.scopes());
        openSockets.addAll(sockets);
      }
      // Most are closed by then, so that no collection is provoked which would look guilty.
      noteCollected(wait.await(openSockets, List.of(), FIRST_WAIT.toNanos()));
      candidates = source.get();
      report(candidates, openSockets, wait);
      // Under load the look into the tables of the kernel may take longer than the wait.
      startNanos = System.nanoTime();
      // What is reported at the end must still be open after the report was made.
      boolean isReportedAtEnd = false;
      boolean isFinal = false;
      while (!isFinal && (!openSockets.isEmpty() || isAnyOpen(candidates))) {
        int openBefore = openSockets.size();
        long nanos = Math.min(remainingNanos(), SCAN_INTERVAL.toNanos());
        noteCollected(wait.await(openSockets, openResources(candidates), nanos));
        candidates = source.get();
        boolean isTimeUp = remainingNanos() <= 0;
        boolean changed = noteLate(candidates) || openSockets.size() < openBefore;
        isFinal = isTimeUp && !changed && isReportedAtEnd;
        if (openSockets.isEmpty() || changed || isTimeUp && !isFinal) {
          report(candidates, openSockets, wait);
          isReportedAtEnd = isTimeUp;
        }
      }
    }
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

  /**
   * Reports what is open. The look into the tables of the kernel takes time and makes garbage, so
   * it is watched meanwhile what the collector closes.
   */
  private void report(List<LeakCandidates> candidates, Set<OpenSocket> openSockets, CloseWait wait)
      throws InterruptedException {
    if (candidates.stream().allMatch(LeakCandidates::isEmpty) && !times.hasCollected()) {
      reports = List.of();
      openSockets.clear();
      return;
    }
    candidatesByScopes.replaceAll((scopes, earlier) -> earlier.withoutSockets());
    for (LeakCandidates each : candidates) {
      candidatesByScopes.put(each.scopes(), each);
      note(each.sockets().withoutRows(), each.scopes());
      openSockets.addAll(each.sockets().withoutRows());
    }
    Set<OpenSocket> collected = new HashSet<>();
    do {
      noteCollected(collected);
      collected.clear();
      FutureTask<List<LeakReport>> reporting = new FutureTask<>(this::allReports);
      Thread thread = new Thread(reporting, THREAD_NAME);
      thread.setDaemon(true);
      thread.start();
      while (!reporting.isDone()) {
        collected.addAll(wait.await(openSockets, List.of(), 0));
      }
      reports = resultOf(reporting);
      reports.forEach(report -> note(report.sockets(), report.scopes()));
    } while (!collected.isEmpty());
    openSockets.clear();
    openSockets.addAll(reportedSockets());
  }

  private List<LeakReport> allReports() {
    return candidatesByScopes.values().stream()
        .map(each -> LeakReport.of(each, times))
        .filter(report -> !report.isEmpty())
        .toList();
  }

  private static List<LeakReport> resultOf(FutureTask<List<LeakReport>> reporting)
      throws InterruptedException {
    try {
      return reporting.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("leaks could not be looked up", e.getCause());
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
