package dev.partyline.junit5;

import dev.partyline.loopback.OpenResource;
import dev.partyline.watch.OpenSockets;
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
  private static final Duration SETTLE = Duration.ofMillis(500);

  /**
   * A closed channel keeps its descriptor until its selector looks again, and the JDK's HTTP client
   * may not have its own do so for 3 s (HttpClientImpl, NODEADLINE).
   */
  private static final Duration UNTIL_SELECTED = Duration.ofSeconds(4);

  private static final Duration LONGEST = Duration.ofMinutes(1);
  private static final long BREATH = 10_000_000;

  private final Set<LeakScope> running = new LinkedHashSet<>();
  private final Map<Set<LeakScope>, OpenSockets> sockets = new LinkedHashMap<>();
  private final Map<OpenResource, Set<LeakScope>> ours = new HashMap<>();
  private Set<OpenResource> lastOurs = Set.copyOf(OpenResource.now());
  private OpenSockets last = OpenSockets.now();

  synchronized void begin(LeakScope scope) {
    if (!running.contains(scope)) {
      look();
      running.add(scope);
    }
  }

  synchronized void end(LeakScope scope) {
    running.remove(scope);
  }

  /** Whoever has others running within it does nothing itself at that time. */
  private Set<LeakScope> suspects() {
    return running.stream()
        .filter(scope -> running.stream().noneMatch(other -> other.isWithin(scope)))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Attributes what is new to those who run. */
  synchronized void look() {
    Set<OpenResource> oursNow = Set.copyOf(OpenResource.now());
    OpenSockets now = OpenSockets.now();
    Set<LeakScope> suspects = suspects();
    OpenSockets news = now.since(last);
    if (!news.isEmpty() && !suspects.isEmpty()) {
      sockets.merge(suspects, news, OpenSockets::and);
    }
    sockets.replaceAll((scopes, opened) -> now.of(opened));
    sockets.values().removeIf(OpenSockets::isEmpty);
    for (OpenResource each : oursNow) {
      if (!lastOurs.contains(each) && !suspects.isEmpty()) {
        ours.put(each, suspects);
      }
    }
    ours.keySet().retainAll(oursNow);
    last = now;
    lastOurs = oursNow;
  }

  /**
   * Fails if something is open that was opened by this one, or by others who have ended, and waits
   * a little for it to be closed.
   */
  void judge(LeakScope scope) {
    long settled = patience(SETTLE);
    long selected = patience(UNTIL_SELECTED);
    long start = System.nanoTime();
    LeakCandidates suspicion = suspicion(scope);
    Leaks leaks = Leaks.of(scope, suspicion);
    while (!leaks.isEmpty()
        && System.nanoTime() - start < (leaks.mayBeClosed() ? selected : settled)) {
      LockSupport.parkNanos(BREATH);
      suspicion = suspicion(scope);
      leaks = Leaks.of(scope, suspicion);
    }
    settle(suspicion);
    if (!leaks.isEmpty()) {
      throw leaks.error();
    }
  }

  /** With a debugger attached nobody waits for ten days. */
  private static long patience(Duration usual) {
    Duration stretched = TimeoutFactor.stretch(usual);
    return (stretched.compareTo(LONGEST) > 0 ? usual : stretched).toNanos();
  }

  private synchronized LeakCandidates suspicion(LeakScope scope) {
    look();
    // None, so far.
    OpenSockets open = last.since(last);
    Set<LeakScope> suspects = new LinkedHashSet<>();
    for (Map.Entry<Set<LeakScope>, OpenSockets> each : sockets.entrySet()) {
      if (areOver(each.getKey(), scope)) {
        open = open.and(each.getValue());
        suspects.addAll(each.getKey());
      }
    }
    Set<OpenResource> opened = new HashSet<>();
    for (Map.Entry<OpenResource, Set<LeakScope>> each : ours.entrySet()) {
      if (areOver(each.getValue(), scope)) {
        opened.add(each.getKey());
        suspects.addAll(each.getValue());
      }
    }
    return new LeakCandidates(suspects, open, opened);
  }

  private boolean areOver(Set<LeakScope> suspects, LeakScope ending) {
    return suspects.stream().allMatch(each -> each.equals(ending) || !running.contains(each));
  }

  /** What was looked into once is not told again, be it a leak or not. */
  private synchronized void settle(LeakCandidates suspicion) {
    sockets.keySet().removeIf(suspicion.suspects()::containsAll);
    ours.keySet().removeAll(suspicion.ours());
  }
}
