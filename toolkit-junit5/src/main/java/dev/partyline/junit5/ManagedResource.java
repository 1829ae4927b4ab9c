package dev.partyline.junit5;

import dev.partyline.script.Redaction;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Recorded;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A listener, client or tap that a test was given, and what has been told of it already. */
abstract sealed class ManagedResource permits ManagedEndpoint, ManagedTap {
  private final InjectionPoint element;
  private final Supplier<List<AssertionError>> problems;
  private final Runnable closing;
  private int problemsTold;

  ManagedResource(
      InjectionPoint element, Supplier<List<AssertionError>> problems, Runnable closing) {
    this.element = element;
    this.problems = problems;
    this.closing = closing;
  }

  final InjectionPoint element() {
    return element;
  }

  /** Returns what the test was given. */
  abstract Recorded owner();

  abstract Redaction redaction();

  /** Whether nobody has connected. */
  abstract boolean isUnused();

  /** Whether what came through is wrong already. */
  boolean hasFailed() {
    return false;
  }

  /** Waits until nothing more is to be expected of it. */
  abstract void await();

  /**
   * Returns what is wrong with what came through and was not told before.
   *
   * @param toTheEnd whether what may still come is wrong too
   */
  abstract Optional<String> failure(boolean toTheEnd);

  /** Returns lines about everything that came through, for those who look for a failure. */
  List<String> remarks() {
    return List.of();
  }

  /** Returns lines about one conversation. */
  List<String> remarks(Conversation conversation) {
    return List.of();
  }

  /** Returns what went wrong behind the back of the test and was not told before. */
  final synchronized List<AssertionError> problems() {
    List<AssertionError> all = problems.get();
    List<AssertionError> news = all.subList(problemsTold, all.size());
    problemsTold = all.size();
    return news;
  }

  /** Closes what was started, and returns what went wrong and was not told before. */
  final List<AssertionError> close() {
    try {
      closing.run();
    } catch (AssertionError e) {
      if (problems.get().isEmpty()) {
        return List.of(e);
      }
    }
    return problems();
  }
}
