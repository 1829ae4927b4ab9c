package dev.partyline.junit5.internal.leaks;

import dev.partyline.netstat.OpenSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What has happened since the tests ended: opened late, or closed by the garbage collector. */
public final class LeakTimes {
  private final Map<OpenSocket, String> lateTexts = new HashMap<>();
  private final Map<OpenSocket, Set<LeakScope>> collected = new LinkedHashMap<>();

  /** Notes that sockets were opened after the end of a test, so not by its own thread. */
  void addLate(Collection<OpenSocket> sockets, Duration afterEnd, Collection<Thread> threads) {
    List<Thread> ownThreads = LeakText.withoutShared(threads);
    String text =
        "opened "
            + afterEnd.toMillis()
            + " ms after the end of the test, by a thread in the background"
            + (ownThreads.isEmpty() ? "" : ", perhaps " + LeakText.names(ownThreads));
    sockets.forEach(socket -> lateTexts.putIfAbsent(socket, text));
  }

  /** Notes that the garbage collector has closed what these scopes have left open. */
  void addCollected(OpenSocket socket, Set<LeakScope> scopes) {
    collected.put(socket, scopes);
  }

  boolean hasCollected() {
    return !collected.isEmpty();
  }

  boolean isCollected(OpenSocket socket) {
    return collected.containsKey(socket);
  }

  /** Returns what the garbage collector has closed of what these scopes have left open. */
  List<OpenSocket> collected(Set<LeakScope> scopes) {
    return collected.entrySet().stream()
        .filter(entry -> entry.getValue().equals(scopes))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Returns lines about a socket. */
  List<String> describe(OpenSocket socket) {
    List<String> lines = new ArrayList<>();
    if (lateTexts.containsKey(socket)) {
      lines.add(lateTexts.get(socket));
    }
    if (isCollected(socket)) {
      lines.add("The garbage collector has closed it since; the test has not.");
    }
    return lines;
  }
}
