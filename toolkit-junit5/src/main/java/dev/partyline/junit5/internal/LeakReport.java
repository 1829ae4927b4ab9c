package dev.partyline.junit5.internal;

import dev.partyline.netstat.ConnectionRow;
import dev.partyline.netstat.OpenSocket;
import dev.partyline.ports.OpenResource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What was left open, and the failure that reports it. */
public final class LeakReport {
  private final LeakScope scope;
  private final LeakCandidates candidates;
  private final List<OpenSocket> remaining = new ArrayList<>();
  private final List<String> messages = new ArrayList<>();
  private final List<Throwable> openingStacks = new ArrayList<>();
  private int socketCount;

  /** Whether there are only descriptors, of sockets that are in no table of the kernel. */
  private boolean descriptorsOnly = true;

  private LeakReport(LeakScope scope, LeakCandidates candidates) {
    this.scope = scope;
    this.candidates = candidates;
  }

  /** Looks up what may have been left open, which is costly only if there is anything. */
  public static LeakReport of(LeakScope scope, LeakCandidates candidates) {
    LeakReport leaks = new LeakReport(scope, candidates);
    if (!candidates.isEmpty()) {
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
    PeerNames peerNames = new PeerNames(scope);
    for (OpenSocket socket : remaining) {
      ConnectionRow row = socket.row();
      if (row == null || !scope.isIgnored(row.flow())) {
        socketCount++;
        descriptorsOnly &= row == null;
        messages.add("  " + socket);
        peerNames.describe(row).forEach(message -> messages.add("    " + message));
      }
    }
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

  private void addResource(OpenResource openResource) {
    List<OpenSocket> sockets = openResource.ownSockets(remaining);
    remaining.removeAll(sockets);
    if (scope.parentResources().stream()
        .anyMatch(resource -> resource.endpoint().equals(openResource.owner()))) {
      return;
    }
    boolean ignored =
        !sockets.isEmpty()
            && sockets.stream()
                .map(OpenSocket::row)
                .allMatch(row -> row != null && scope.isIgnored(row.flow()));
    // Without /proc its sockets cannot be found.
    int number = candidates.sockets().isKnown() ? sockets.size() : openResource.socketCount();
    if (ignored || number == 0) {
      return;
    }
    socketCount += number;
    descriptorsOnly = false;
    Throwable openingStack = openResource.openStackTrace();
    openingStacks.add(openingStack);
    messages.add("  " + openResource + ", opened at " + topFrame(openingStack));
    sockets.forEach(socket -> messages.add("    " + socket));
  }

  private static String topFrame(Throwable openingStack) {
    return Stream.of(openingStack.getStackTrace())
        .findFirst()
        .map(StackTraceElement::toString)
        .orElse("an unknown place");
  }

  boolean isEmpty() {
    return socketCount == 0;
  }

  /** Returns whether all of it may be closed already, but no selector has run since. */
  boolean mayBeClosed() {
    return descriptorsOnly;
  }

  /** Returns the failure, with the stack traces of where ours were opened. */
  public AssertionError error() {
    String names =
        candidates.scopes().stream()
            .map(LeakScope::toString)
            .sorted()
            .collect(Collectors.joining(", "));
    List<String> lines = new ArrayList<>();
    lines.add(
        names + " left " + socketCount + (socketCount == 1 ? " socket open:" : " sockets open:"));
    lines.addAll(messages);
    if (scope.isParallel()) {
      lines.add(
          "tests run in parallel, so it was looked for after the class, not after each test;"
              + " sockets of a class without @NoSocketLeaks that ran beside it look the same");
    }
    if (!candidates.sockets().isKnown()) {
      lines.add(
          "there is no /proc on this system: only sockets of listeners, clients, taps and port"
              + " leases were looked for");
    }
    lines.add(
        "close them in the test, or leave out what is to stay, as in @NoSocketLeaks(ignoring ="
            + " \"port 5432\")");
    AssertionError error = new AssertionError(String.join("\n", lines));
    // The stack trace of the check would only distract from where the socket was opened.
    error.setStackTrace(new StackTraceElement[0]);
    openingStacks.forEach(error::addSuppressed);
    return error;
  }
}
