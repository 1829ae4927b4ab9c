package dev.partyline.junit5.internal.leaks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The words of a leak's failure: who left how much open, and what is not known about it. */
final class LeakText {
  private static final int MAX_THREADS = 5;

  private LeakText() {}

  static List<String> of(
      LeakCandidates candidates, Map<String, Integer> countByNoun, List<String> messages) {
    List<String> lines = new ArrayList<>();
    lines.add(names(candidates.scopes()) + " left " + counts(countByNoun) + " open:");
    lines.addAll(messages);
    if (candidates.scopes().size() > 1) {
      lines.add("they ran at the same time, so it is not known which of them opened it");
    }
    if (candidates.scopes().stream().anyMatch(LeakScope::hasUnknownTests)) {
      lines.add(
          "tests run in parallel: one without @NoSocketLeaks that ran at the same time may have"
              + " opened it");
    }
    List<Thread> earlierThreads = withoutShared(candidates.earlierThreads());
    if (!earlierThreads.isEmpty()) {
      lines.add(
          "a thread that an earlier test has left running may have opened it: "
              + names(earlierThreads));
    }
    if (!candidates.sockets().isKnown()) {
      lines.add(
          "there is no /proc on this system: only sockets of listeners, clients, taps and port"
              + " leases were looked for");
    }
    return lines;
  }

  private static String names(Set<LeakScope> scopes) {
    return scopes.stream().map(LeakScope::toString).sorted().collect(Collectors.joining(" or "));
  }

  private static String counts(Map<String, Integer> countByNoun) {
    return countByNoun.entrySet().stream()
        .map(entry -> entry.getValue() + " " + entry.getKey() + (entry.getValue() == 1 ? "" : "s"))
        .collect(Collectors.joining(", "));
  }

  /** Returns threads that belong to a test, and not to the JDK or to all tests. */
  static List<Thread> withoutShared(Collection<Thread> threads) {
    return threads.stream().filter(thread -> !LoopThreads.isShared(thread)).toList();
  }

  static String names(List<Thread> threads) {
    String names =
        threads.stream()
            .map(thread -> "`" + thread.getName() + "`")
            .sorted()
            .limit(MAX_THREADS)
            .collect(Collectors.joining(", "));
    return names + (threads.size() > MAX_THREADS ? ", …" : "");
  }
}
