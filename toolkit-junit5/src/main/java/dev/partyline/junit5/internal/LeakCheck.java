package dev.partyline.junit5.internal;

import dev.partyline.netstat.OpenSocket;
import dev.partyline.netstat.OpenSockets;
import dev.partyline.ports.OpenResource;
import dev.partyline.wire.TimeoutFactor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

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
  private final Map<Set<LeakScope>, LeakReport> reports = new HashMap<>();

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
    List<LeakCandidates> candidates = source.get();
    if (candidates.stream().allMatch(LeakCandidates::isEmpty)) {
      return;
    }
    boolean interrupted = Thread.interrupted();
    try {
      awaitClose(candidates);
    } catch (InterruptedException e) {
      interrupted = true;
    } finally {
      forgetAction.accept(source.get());
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    if (!reports.isEmpty()) {
      throw LeakReport.error(List.copyOf(reports.values()));
    }
  }

  private void awaitClose(List<LeakCandidates> first) throws InterruptedException {
    List<LeakCandidates> candidates = first;
    List<Thread> threads =
        candidates.stream().flatMap(each -> each.ownThreads().stream()).toList();
    try (CloseWait wait = new CloseWait(threads)) {
      first.forEach(each -> seenSockets.put(each.scopes(), each.sockets()));
      report(candidates);
      Set<OpenSocket> openSockets = reportedSockets();
      while (!reports.isEmpty() && remainingNanos() > 0) {
        long nanos = Math.min(remainingNanos(), SCAN_INTERVAL.toNanos());
        Set<OpenSocket> collected = wait.await(openSockets, openResources(candidates), nanos);
        reports.forEach((scopes, report) -> times.addCollected(scopes, report, collected));
        candidates = source.get();
        // A report costs a look into the tables of the kernel.
        if (noteLate(candidates) || openSockets.isEmpty() || remainingNanos() <= 0) {
          report(candidates);
          openSockets = reportedSockets();
        }
        if (openSockets.isEmpty() && openResources(candidates).isEmpty()) {
          return;
        }
      }
    }
  }

  private void report(List<LeakCandidates> candidates) {
    Map<Set<LeakScope>, LeakCandidates> all = new HashMap<>();
    reports.values().forEach(each -> all.put(each.scopes(), each.withoutCandidates()));
    candidates.forEach(each -> all.put(each.scopes(), each));
    reports.clear();
    all.values().stream()
        .map(each -> LeakReport.of(each, times))
        .filter(report -> !report.isEmpty())
        .forEach(report -> reports.put(report.scopes(), report));
  }

  /** Returns what was left open and is not closed by now, not even by the garbage collector. */
  private Set<OpenSocket> reportedSockets() {
    Set<OpenSocket> sockets = new HashSet<>();
    reports.values().forEach(report -> sockets.addAll(report.sockets()));
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
    boolean mayBeClosed = reports.values().stream().allMatch(LeakReport::mayBeClosed);
    long graceNanos = gracePeriodNanos(mayBeClosed ? SELECTOR_GRACE_PERIOD : GRACE_PERIOD);
    return startNanos + graceNanos - System.nanoTime();
  }

  /** While a debugger is attached, stretched times are days. */
  private static long gracePeriodNanos(Duration unscaled) {
    Duration scaled = TimeoutFactor.stretch(unscaled);
    return (scaled.compareTo(MAX_GRACE_PERIOD) > 0 ? unscaled : scaled).toNanos();
  }
}
