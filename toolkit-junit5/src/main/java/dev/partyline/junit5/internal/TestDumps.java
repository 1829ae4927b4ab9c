package dev.partyline.junit5.internal;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/** What was shown of a test while it ran: because it was interrupted, or ran for long. */
final class TestDumps {
  private final List<ConversationReport> interruptReports = new CopyOnWriteArrayList<>();
  private final AtomicBoolean claimed = new AtomicBoolean();
  private final Object lock = new Object();

  /** Adds how the test stood when JUnit interrupted it, which its failure has to show. */
  void add(ConversationReport interruptReport) {
    interruptReports.add(interruptReport);
  }

  /** Returns how the test stood at each interrupt; empty if there was none. */
  List<ConversationReport> interruptReports() {
    return interruptReports;
  }

  boolean isInterrupted() {
    return !interruptReports.isEmpty();
  }

  /** Returns whether the caller is the first to show this test while it runs. */
  boolean claim() {
    return claimed.compareAndSet(false, true);
  }

  /** Runs a dump, for which the test waits if it ends meanwhile. */
  void run(Runnable dump) {
    synchronized (lock) {
      dump.run();
    }
  }

  void await() {
    run(() -> {});
  }
}
