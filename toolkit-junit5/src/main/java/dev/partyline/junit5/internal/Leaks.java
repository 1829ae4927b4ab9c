package dev.partyline.junit5.internal;

import dev.partyline.netstat.ConnectionRow;
import dev.partyline.netstat.OpenSocket;
import dev.partyline.ports.OpenResource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What was left open, and the failure that tells of it. */
public final class Leaks {
  private final LeakScope scope;
  private final LeakCandidates candidates;
  private final List<OpenSocket> remaining = new ArrayList<>();
  private final List<String> messages = new ArrayList<>();
  private final List<Throwable> openingStacks = new ArrayList<>();
  private int socketCount;

  /** Whether all there is are descriptors: of sockets that no table of the kernel has. */
  private boolean descriptorsOnly = true;

  private Leaks(LeakScope scope, LeakCandidates candidates) {
    this.scope = scope;
    this.candidates = candidates;
  }

  /** Looks into what may have been left open; only if there is something that costs more. */
  public static Leaks of(LeakScope scope, LeakCandidates candidates) {
    Leaks leaks = new Leaks(scope, candidates);
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
    // What was opened before goes on accepting and dialling.
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

  /** All the sockets without a name that somebody has are as old as itself. */
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
    // Without /proc there are no sockets to be found, and yet it has some.
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
        .orElse("a place that the JVM does not tell");
  }

  boolean isEmpty() {
    return socketCount == 0;
  }

  /** Returns whether all of it may have been closed, and no selector has looked since. */
  boolean mayBeClosed() {
    return descriptorsOnly;
  }

  /** Returns the failure, with the stacks of where ours were opened. */
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
    // Where it was made says nothing to those who look for where the socket was.
    error.setStackTrace(new StackTraceElement[0]);
    openingStacks.forEach(error::addSuppressed);
    return error;
  }
}
