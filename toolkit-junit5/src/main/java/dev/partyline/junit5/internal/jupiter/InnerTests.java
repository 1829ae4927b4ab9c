package dev.partyline.junit5.internal.jupiter;

import java.util.ArrayList;
import java.util.List;

/**
 * The tests of a class and of its nested classes, or the dynamic tests of a method: which run now,
 * and what became of the others.
 */
public final class InnerTests {
  private enum Outcome {
    NONE_HAS_ENDED,
    ALL_PASSED,
    SOME_FAILED
  }

  /** One of them; two may have the same name. */
  public static final class InnerTest {
    private final String name;

    public InnerTest(String name) {
      this.name = name;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private final List<InnerTest> running = new ArrayList<>();
  private Outcome outcome = Outcome.NONE_HAS_ENDED;

  /** Notes that a test begins. */
  public synchronized void begin(InnerTest test) {
    running.add(test);
  }

  public synchronized void end(InnerTest test) {
    running.remove(test);
  }

  /** Returns those that run now, in the order in which they began. */
  public synchronized List<InnerTest> running() {
    return List.copyOf(running);
  }

  /**
   * Notes how a test, or a class of tests, has ended.
   *
   * @param isTest whether it is a test: that no test of a class has failed is no test
   */
  public synchronized void note(boolean isTest, boolean failed) {
    if (failed) {
      markFailed();
    } else if (isTest && outcome == Outcome.NONE_HAS_ENDED) {
      outcome = Outcome.ALL_PASSED;
    }
  }

  /** Notes that one failed or was aborted: what it has left undone is no failure of its class. */
  public synchronized void markFailed() {
    outcome = Outcome.SOME_FAILED;
  }

  /** Returns whether there was any, and all of them ran to their ends. */
  public synchronized boolean allPassed() {
    return outcome == Outcome.ALL_PASSED;
  }

  public synchronized boolean someFailed() {
    return outcome == Outcome.SOME_FAILED;
  }
}
