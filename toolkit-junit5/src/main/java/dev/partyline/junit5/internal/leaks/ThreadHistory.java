package dev.partyline.junit5.internal.leaks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;

/**
 * During which scopes each thread was started, because a thread that outlives its test may open a
 * socket later. Virtual threads cannot be listed.
 */
final class ThreadHistory {
  private final Map<Thread, Set<LeakScope>> scopesByThread = new WeakHashMap<>();
  private Set<Thread> lastThreads = Collections.newSetFromMap(new WeakHashMap<>());

  ThreadHistory() {
    lastThreads.addAll(all());
  }

  /** Attributes threads that are new to these scopes. */
  void update(Set<LeakScope> activeScopes) {
    Set<Thread> threads = Collections.newSetFromMap(new WeakHashMap<>());
    threads.addAll(all());
    for (Thread each : threads) {
      if (!lastThreads.contains(each)) {
        scopesByThread.put(each, activeScopes);
      }
    }
    lastThreads = threads;
  }

  /** Returns the living threads that were started during one of these scopes, the JDK's too. */
  List<Thread> startedBy(Collection<LeakScope> scopes) {
    List<Thread> threads = new ArrayList<>();
    scopesByThread.forEach(
        (thread, startingScopes) -> {
          if (thread.isAlive() && !Collections.disjoint(startingScopes, scopes)) {
            threads.add(thread);
          }
        });
    return threads;
  }

  /** Returns the living threads that were started by tests which have ended. */
  List<Thread> leftBefore(Collection<LeakScope> scopes, Collection<LeakScope> runningScopes) {
    Set<LeakScope> excluded = new HashSet<>(runningScopes);
    excluded.addAll(scopes);
    List<Thread> threads = new ArrayList<>();
    scopesByThread.forEach(
        (thread, startingScopes) -> {
          boolean isLeft =
              !startingScopes.isEmpty() && Collections.disjoint(startingScopes, excluded);
          if (thread.isAlive() && isLeft) {
            threads.add(thread);
          }
        });
    return threads;
  }

  /** Returns all living threads, the JDK's too. */
  static Collection<Thread> all() {
    ThreadGroup root = Thread.currentThread().getThreadGroup();
    while (root.getParent() != null) {
      root = root.getParent();
    }
    Thread[] threads = new Thread[root.activeCount() + 16];
    int count = root.enumerate(threads);
    while (count == threads.length) {
      threads = new Thread[2 * count];
      count = root.enumerate(threads);
    }
    return Arrays.asList(threads).subList(0, count);
  }
}
