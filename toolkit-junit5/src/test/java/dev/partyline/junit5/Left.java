package dev.partyline.junit5;

import java.util.ArrayDeque;
import java.util.Deque;

/** What tests have left open on purpose, to be closed when that has been told. */
final class Left {
  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  /** Leaves something open. */
  synchronized <T extends AutoCloseable> T open(T something) {
    open.push(something);
    return something;
  }

  /** Closes all that is left, the last one first. */
  synchronized void closeAll() throws Exception {
    while (!open.isEmpty()) {
      open.pop().close();
    }
  }
}
