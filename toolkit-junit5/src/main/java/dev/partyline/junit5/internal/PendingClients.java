package dev.partyline.junit5.internal;

import java.util.ArrayDeque;
import java.util.Deque;

/** The clients of a test or class that are started when a test begins. */
final class PendingClients {
  private final Deque<Runnable> starts = new ArrayDeque<>();

  synchronized void add(Runnable start) {
    starts.add(start);
  }

  synchronized void startAll() {
    // One that cannot start stays here, so that every test of the class fails because of it.
    for (Runnable next = starts.peek(); next != null; next = starts.peek()) {
      next.run();
      starts.remove();
    }
  }
}
