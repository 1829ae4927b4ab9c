package dev.partyline.junit5.internal;

import dev.partyline.script.transcript.Redaction;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Recorded;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A listener, client or tap that a test was given, and what has been told of it already. */
public abstract sealed class ManagedResource permits ManagedEndpoint, ManagedTap {
  private final InjectionPoint injectionPoint;
  private final Supplier<List<AssertionError>> problems;
  private final Runnable closeAction;
  private int reportedProblems;

  ManagedResource(
      InjectionPoint injectionPoint,
      Supplier<List<AssertionError>> problems,
      Runnable closeAction) {
    this.injectionPoint = injectionPoint;
    this.problems = problems;
    this.closeAction = closeAction;
  }

  final InjectionPoint injectionPoint() {
    return injectionPoint;
  }

  /** Returns what the test was given. */
  public abstract Recorded endpoint();

  abstract Redaction redaction();

  /** Whether nobody has connected. */
  abstract boolean isUnused();

  /** Whether what came through is wrong already. */
  boolean hasFailed() {
    return false;
  }

  /** Waits until nothing more is to be expected of it. */
  public abstract void await();

  /**
   * Returns what is wrong with what came through and was not told before.
   *
   * @param requireFinished whether what may still come is wrong too
   */
  abstract Optional<String> takeFailure(boolean requireFinished);

  /** Returns lines about everything that came through, for those who look for a failure. */
  List<String> remarks() {
    return List.of();
  }

  /** Returns lines about one conversation. */
  List<String> remarks(Conversation conversation) {
    return List.of();
  }

  /** Returns what went wrong behind the back of the test and was not told before. */
  final synchronized List<AssertionError> takeProblems() {
    List<AssertionError> all = problems.get();
    List<AssertionError> news = all.subList(reportedProblems, all.size());
    reportedProblems = all.size();
    return news;
  }

  /** Closes what was started, and returns what went wrong and was not told before. */
  final List<AssertionError> close() {
    try {
      closeAction.run();
    } catch (AssertionError e) {
      if (problems.get().isEmpty()) {
        return List.of(e);
      }
    }
    return takeProblems();
  }
}
