package dev.partyline.junit5.internal.leaks;

import dev.partyline.netstat.OpenSocket;
import dev.partyline.ports.OpenResource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What was left open by some scopes, and the text that reports it. */
public final class LeakReport {
  private final LeakCandidates candidates;
  private final LeakTimes times;
  private final List<OpenSocket> remaining = new ArrayList<>();
  private final Set<OpenSocket> leaked = new LinkedHashSet<>();
  private final Map<String, Integer> countByNoun = new LinkedHashMap<>();
  private final List<String> messages = new ArrayList<>();
  private final List<Throwable> openingStacks = new ArrayList<>();

  /** Whether there are only descriptors, of sockets that are in no table of the kernel. */
  private boolean descriptorsOnly = true;

  private LeakReport(LeakCandidates candidates, LeakTimes times) {
    this.candidates = candidates;
    this.times = times;
  }

  /**
   * Looks up what may have been left open, which is costly only if there is anything.
   *
   * @param times what is known of the time since the scopes have ended
   */
  public static LeakReport of(LeakCandidates candidates, LeakTimes times) {
    LeakReport leaks = new LeakReport(candidates, times);
    leaks.remaining.addAll(times.collected(candidates.scopes()));
    if (!candidates.isEmpty() || !leaks.remaining.isEmpty()) {
      leaks.collect();
    }
    return leaks;
  }

  private void collect() {
    remaining.addAll(candidates.sockets().lookUp());
    candidates.resources().stream()
        .sorted(Comparator.comparing(OpenResource::toString))
        .forEach(this::addResource);
    // What was opened before may accept and connect meanwhile.
    OpenResource.snapshot()
        .forEach(
            openResource -> remaining.removeAll(openResource.ownSockets(withAddress(remaining))));
    remaining.removeIf(this::isIgnored);
    PeerNames peerNames = new PeerNames(candidates.scopes());
    for (Leak leak : LeakGrouping.of(remaining, candidates.ownThreads())) {
      OpenSocket first = leak.sockets().get(0);
      count(leak.noun(), 1, leak.sockets());
      descriptorsOnly &= first.kind() == OpenSocket.Kind.SOCKET && first.row() == null;
      messages.add("  " + leak);
      if (first.kind() == OpenSocket.Kind.SOCKET) {
        describe(peerNames, first);
      }
      if (leak.noun().equals(Leak.CONNECTION)) {
        messages.add("  its other end is open too: " + leak.sockets().get(1));
        describe(peerNames, leak.sockets().get(1));
      }
    }
  }

  private void describe(PeerNames peerNames, OpenSocket socket) {
    peerNames.describe(socket.row()).forEach(message -> messages.add("    " + message));
    times.describe(socket).forEach(message -> messages.add("    " + message));
  }

  /** Sockets without an address cannot be newer than their owner. */
  private static List<OpenSocket> withAddress(List<OpenSocket> sockets) {
    return sockets.stream()
        .filter(
            socket ->
                socket.row() != null
                    && (socket.row().local() != null || socket.row().path() != null))
        .toList();
  }

  private boolean isIgnored(OpenSocket socket) {
    return candidates.scopes().stream().anyMatch(scope -> scope.ignores(socket));
  }

  private void addResource(OpenResource openResource) {
    List<OpenSocket> sockets = openResource.ownSockets(remaining);
    remaining.removeAll(sockets);
    if (candidates.scopes().stream()
        .flatMap(scope -> scope.parentResources().stream())
        .anyMatch(resource -> resource.endpoint().equals(openResource.owner()))) {
      return;
    }
    boolean ignored = !sockets.isEmpty() && sockets.stream().allMatch(this::isIgnored);
    // Without /proc its sockets cannot be found.
    int number = candidates.sockets().isKnown() ? sockets.size() : openResource.socketCount();
    if (ignored || number == 0) {
      return;
    }
    count(Leak.SOCKET, number, sockets);
    descriptorsOnly = false;
    Throwable openingStack = openResource.openStackTrace();
    openingStacks.add(openingStack);
    messages.add("  " + openResource + ", opened at " + topFrame(openingStack));
    for (OpenSocket socket : sockets) {
      messages.add("    " + socket);
      addOtherEnd(socket);
    }
  }

  /** What is connected to a listener, client or tap that was left open is the same leak. */
  private void addOtherEnd(OpenSocket socket) {
    remaining.stream()
        .filter(other -> LeakGrouping.isOtherEnd(socket, other))
        .findFirst()
        .ifPresent(
            other -> {
              remaining.remove(other);
              leaked.add(other);
              messages.add("      its other end is open too: " + other);
            });
  }

  private void count(String noun, int number, Collection<OpenSocket> sockets) {
    leaked.addAll(sockets);
    countByNoun.merge(noun, number, Integer::sum);
  }

  private static String topFrame(Throwable openingStack) {
    return Stream.of(openingStack.getStackTrace())
        .findFirst()
        .map(StackTraceElement::toString)
        .orElse("an unknown place");
  }

  Set<LeakScope> scopes() {
    return candidates.scopes();
  }

  boolean isEmpty() {
    return countByNoun.isEmpty();
  }

  /** Returns the descriptors of everything that was left open. */
  Set<OpenSocket> sockets() {
    return leaked;
  }

  /** Returns whether all of it may be closed already, but no selector has run since. */
  boolean mayBeClosed() {
    return descriptorsOnly;
  }

  /** Returns what is to be said about it. */
  List<String> lines() {
    return LeakText.of(candidates, countByNoun, messages);
  }

  /** Returns the failure, with the stack traces of where ours were opened. */
  public static AssertionError error(List<LeakReport> reports) {
    List<String> lines = new ArrayList<>();
    reports.forEach(report -> lines.addAll(report.lines()));
    lines.add(
        "close them in the test, or leave out what is to stay, as in @NoSocketLeaks(ignoring ="
            + " \"port 5432\")");
    AssertionError error = new AssertionError(String.join("\n", lines));
    // The stack trace of the check would only distract from where the socket was opened.
    error.setStackTrace(new StackTraceElement[0]);
    reports.forEach(report -> report.openingStacks.forEach(error::addSuppressed));
    return error;
  }
}
