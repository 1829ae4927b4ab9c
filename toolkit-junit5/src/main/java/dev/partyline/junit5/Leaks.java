package dev.partyline.junit5;

import dev.partyline.loopback.OpenResource;
import dev.partyline.watch.ConnectionRow;
import dev.partyline.watch.OpenSocket;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What was left open, and the failure that tells of it. */
final class Leaks {
  private final LeakScope scope;
  private final LeakCandidates suspicion;
  private final List<OpenSocket> rest = new ArrayList<>();
  private final List<String> facts = new ArrayList<>();
  private final List<Throwable> openings = new ArrayList<>();
  private int count;

  /** Whether all there is are descriptors: of sockets that no table of the kernel has. */
  private boolean nameless = true;

  private Leaks(LeakScope scope, LeakCandidates suspicion) {
    this.scope = scope;
    this.suspicion = suspicion;
  }

  /** Looks into what may have been left open; only if there is something that costs more. */
  static Leaks of(LeakScope scope, LeakCandidates suspicion) {
    Leaks leaks = new Leaks(scope, suspicion);
    if (!suspicion.isEmpty()) {
      leaks.look();
    }
    return leaks;
  }

  private void look() {
    rest.addAll(suspicion.sockets().lookUp());
    suspicion.ours().stream()
        .sorted(Comparator.comparing(OpenResource::toString))
        .forEach(this::addOurs);
    // What was opened before goes on accepting and dialling.
    OpenResource.now().forEach(other -> rest.removeAll(other.among(named(rest))));
    PeerNames counterparts = new PeerNames(scope);
    for (OpenSocket socket : rest) {
      ConnectionRow row = socket.row();
      if (row == null || !scope.isIgnored(row.flow())) {
        count++;
        nameless &= row == null;
        facts.add("  " + socket);
        counterparts.of(row).forEach(fact -> facts.add("    " + fact));
      }
    }
  }

  /** All the sockets without a name that somebody has are as old as itself. */
  private static List<OpenSocket> named(List<OpenSocket> sockets) {
    return sockets.stream()
        .filter(
            socket ->
                socket.row() != null
                    && (socket.row().local() != null || socket.row().path() != null))
        .toList();
  }

  private void addOurs(OpenResource opened) {
    List<OpenSocket> sockets = opened.among(rest);
    rest.removeAll(sockets);
    if (scope.rolesAround().stream().anyMatch(role -> role.owner().equals(opened.owner()))) {
      return;
    }
    boolean ignored =
        !sockets.isEmpty()
            && sockets.stream()
                .map(OpenSocket::row)
                .allMatch(row -> row != null && scope.isIgnored(row.flow()));
    // Without /proc there are no sockets to be found, and yet it has some.
    int number = suspicion.sockets().isKnown() ? sockets.size() : opened.sockets();
    if (ignored || number == 0) {
      return;
    }
    count += number;
    nameless = false;
    Throwable opening = opened.opening();
    openings.add(opening);
    facts.add("  " + opened + ", opened at " + place(opening));
    sockets.forEach(socket -> facts.add("    " + socket));
  }

  private static String place(Throwable opening) {
    return Stream.of(opening.getStackTrace())
        .findFirst()
        .map(StackTraceElement::toString)
        .orElse("a place that the JVM does not tell");
  }

  boolean isEmpty() {
    return count == 0;
  }

  /** Returns whether all of it may have been closed, and no selector has looked since. */
  boolean mayBeClosed() {
    return nameless;
  }

  /** Returns the failure, with the stacks of where ours were opened. */
  AssertionError error() {
    String names =
        suspicion.suspects().stream()
            .map(LeakScope::toString)
            .sorted()
            .collect(Collectors.joining(", "));
    List<String> lines = new ArrayList<>();
    lines.add(names + " left " + count + (count == 1 ? " socket open:" : " sockets open:"));
    lines.addAll(facts);
    if (scope.isInParallel()) {
      lines.add(
          "tests run in parallel, so it was looked for after the class, not after each test;"
              + " sockets of a class without @NoSocketLeaks that ran beside it look the same");
    }
    if (!suspicion.sockets().isKnown()) {
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
    openings.forEach(error::addSuppressed);
    return error;
  }
}
