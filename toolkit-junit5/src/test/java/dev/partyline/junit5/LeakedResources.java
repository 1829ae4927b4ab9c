package dev.partyline.junit5;

import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** What a test has left open on purpose: closed after it, when that has been told. */
final class LeakedResources implements AfterEachCallback {
  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  /** Leaves something open. */
  synchronized <T extends AutoCloseable> T open(T something) {
    open.push(something);
    return something;
  }

  /** Closes all that is left, the last one first. */
  @Override
  public synchronized void afterEach(ExtensionContext context) throws Exception {
    while (!open.isEmpty()) {
      open.pop().close();
    }
  }
}
