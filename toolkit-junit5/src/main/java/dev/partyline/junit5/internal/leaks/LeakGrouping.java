package dev.partyline.junit5.internal.leaks;

import dev.partyline.netstat.ConnectionRow;
import dev.partyline.netstat.OpenSocket;
import dev.partyline.netstat.OpenSockets;
import dev.partyline.wire.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Finds which descriptors are one leak: the two ends of a connection, the parts of a selector. */
final class LeakGrouping {
  private final List<OpenSocket> remaining;
  private final List<Thread> threads;
  private final List<Leak> leaks = new ArrayList<>();

  private LeakGrouping(List<OpenSocket> sockets, List<Thread> threads) {
    this.remaining = new ArrayList<>(sockets);
    this.threads = threads;
  }

  /**
   * Groups descriptors, without those that no test can close.
   *
   * @param threads the threads that were started at the time when these were opened
   */
  static List<Leak> of(List<OpenSocket> sockets, List<Thread> threads) {
    LeakGrouping grouping = new LeakGrouping(sockets, threads);
    grouping.addSockets();
    // A selector that was closed meanwhile does not tell any more what belonged to it.
    grouping.remaining.removeIf(each -> !each.isOpen());
    grouping.addSelectors();
    grouping.addPipes();
    return grouping.leaks;
  }

  private void addSockets() {
    for (OpenSocket socket : take(OpenSocket.Kind.SOCKET)) {
      Optional<Leak> halfConnection =
          leaks.stream()
              .filter(leak -> leak.sockets().size() == 1)
              .filter(leak -> isOtherEnd(leak.sockets().get(0), socket))
              .findFirst();
      if (halfConnection.isPresent()) {
        OpenSocket first = halfConnection.get().sockets().get(0);
        leaks.set(
            leaks.indexOf(halfConnection.get()), new Leak(Leak.CONNECTION, first, List.of(socket)));
      } else {
        leaks.add(new Leak(Leak.SOCKET, socket, List.of()));
      }
    }
  }

  /** Returns whether two sockets are the two ends of one connection. */
  static boolean isOtherEnd(OpenSocket one, OpenSocket other) {
    ConnectionRow first = one.row();
    ConnectionRow second = other.row();
    if (first == null || second == null || first.transport() != second.transport()) {
      return false;
    }
    if (first.transport() == Transport.UNIX) {
      // The kernel does not say which are connected; the accepted end has the path of its server.
      return first.stateName().equals("CONNECTED")
          && second.stateName().equals("CONNECTED")
          && (first.path() == null) != (second.path() == null);
    }
    return first.remote() != null
        && first.remote().equals(second.local())
        && second.remote() != null
        && second.remote().equals(first.local());
  }

  private void addSelectors() {
    long unclosableSelectors = LoopThreads.selectorCount(threads);
    long unclosableGroups = LoopThreads.hasDefaultGroup(threads) ? 1 : 0;
    for (OpenSocket epoll : take(OpenSocket.Kind.EPOLL)) {
      List<Integer> watched = epoll.watchedDescriptors();
      List<OpenSocket> eventfd = take(each -> isOneOf(watched, OpenSocket.Kind.EVENTFD, each));
      List<OpenSocket> pipe = take(each -> isOneOf(watched, OpenSocket.Kind.PIPE, each));
      pipe.addAll(pipe.isEmpty() ? List.of() : take(each -> isSamePipe(pipe.get(0), each)));
      // The pollers of virtual threads have neither.
      if (!eventfd.isEmpty() && --unclosableSelectors < 0) {
        leaks.add(new Leak("selector", epoll, eventfd));
      } else if (!pipe.isEmpty() && --unclosableGroups < 0) {
        leaks.add(new Leak("asynchronous channel group", epoll, pipe));
      }
    }
  }

  private static boolean isOneOf(
      List<Integer> descriptors, OpenSocket.Kind kind, OpenSocket candidate) {
    return candidate.kind() == kind && descriptors.contains(candidate.fd());
  }

  private static boolean isSamePipe(OpenSocket one, OpenSocket other) {
    return other.kind() == OpenSocket.Kind.PIPE && one.inode() == other.inode();
  }

  private void addPipes() {
    if (remaining.isEmpty()) {
      return;
    }
    // A snapshot may have been taken while a selector was opened.
    Set<Integer> ofSelectors =
        OpenSockets.snapshotWithSelectors().lookUp().stream()
            .flatMap(each -> each.watchedDescriptors().stream())
            .collect(Collectors.toSet());
    remaining.removeIf(each -> ofSelectors.contains(each.fd()));
    boolean hasChildren = ProcessHandle.current().children().findAny().isPresent();
    while (!remaining.isEmpty()) {
      OpenSocket first = remaining.remove(0);
      List<OpenSocket> otherEnd = take(each -> isSamePipe(first, each));
      // The pipes to a process that this one has started have their other end there.
      boolean isOfChild = first.kind() == OpenSocket.Kind.PIPE && hasChildren && otherEnd.isEmpty();
      if (!isOfChild) {
        leaks.add(
            new Leak(first.kind() == OpenSocket.Kind.PIPE ? "pipe" : "eventfd", first, otherEnd));
      }
    }
  }

  private List<OpenSocket> take(OpenSocket.Kind kind) {
    return take(each -> each.kind() == kind);
  }

  private List<OpenSocket> take(Predicate<OpenSocket> isTaken) {
    List<OpenSocket> taken = new ArrayList<>(remaining.stream().filter(isTaken).toList());
    remaining.removeAll(taken);
    return taken;
  }
}
