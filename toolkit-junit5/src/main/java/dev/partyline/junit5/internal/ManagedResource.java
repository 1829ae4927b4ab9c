package dev.partyline.junit5.internal;

import dev.partyline.junit5.internal.jupiter.InnerTests.InnerTest;
import dev.partyline.script.transcript.Redaction;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Recorded;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A listener, client or tap of a test, and what has been reported of it already. */
public abstract sealed class ManagedResource permits ManagedEndpoint, ManagedTap, OpenedEndpoint {
  private final String name;
  private final Supplier<List<AssertionError>> problems;
  private final Runnable drainAction;
  private final Runnable closeAction;
  private final List<AssertionError> closeErrors = new ArrayList<>();
  private final Set<AssertionError> reportedProblems = new HashSet<>();

  ManagedResource(
      String name,
      Supplier<List<AssertionError>> problems,
      Runnable drainAction,
      Runnable closeAction) {
    this.name = name;
    this.problems = problems;
    this.drainAction = drainAction;
    this.closeAction = closeAction;
  }

  /** Returns a short name, which its file gets too. */
  final String name() {
    return name;
  }

  /** Returns what the test calls it, such as {@code listener `smtp`}. */
  public abstract String label();

  /** Returns the endpoint that the test was given. */
  public abstract Recorded endpoint();

  abstract Redaction redaction();

  /**
   * Returns where the test made it, as words that follow its name, if that tells it from others.
   */
  String place() {
    return "";
  }

  /**
   * Returns when all that had arrived is recorded. An interrupt that the test has left behind does
   * not end that.
   */
  final void drainInput() {
    boolean interrupted = Thread.interrupted();
    try {
      drainAction.run();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Whether there was no connection. */
  abstract boolean isUnused();

  /** Whether something has failed already. */
  boolean hasFailed() {
    return false;
  }

  /** Waits until it is done or has failed. */
  public abstract void await();

  /**
   * Returns failures that were not reported before.
   *
   * @param requireFinished whether being unfinished is a failure
   */
  abstract Optional<String> takeFailure(boolean requireFinished);

  /** Notes which tests run now, if several share it: they may have caused what is new. */
  void noteTests(Supplier<List<InnerTest>> running) {}

  /**
   * Returns failures that were not reported before, and that a test that shares it has caused, or
   * may have caused if it has failed. Notes the tests that run, as {@link #noteTests} does.
   */
  Optional<String> takeFailureOf(
      InnerTest test, boolean testFailed, Supplier<List<InnerTest>> running) {
    return Optional.empty();
  }

  /** Notes that what only this test can have made fail is no failure: the test was aborted. */
  void forgive(InnerTest test, Supplier<List<InnerTest>> running) {}

  /** Notes that what is not finished now needs no report later. */
  void markReported() {}

  /** Does what is left for a test, or all tests of a class, that has passed. */
  void passed() {}

  /** Returns lines about all conversations, for a failure. */
  List<String> remarks() {
    return List.of();
  }

  /** Returns lines about one conversation. */
  List<String> remarks(Conversation conversation) {
    return List.of();
  }

  /** Returns errors in the background that were not reported before. */
  final synchronized List<AssertionError> takeProblems() {
    return Stream.concat(problems.get().stream(), closeErrors.stream())
        .filter(reportedProblems::add)
        .toList();
  }

  /** Closes the endpoint; errors are among the problems. */
  final void closeEndpoint() {
    try {
      closeAction.run();
    } catch (AssertionError e) {
      noteCloseError(e);
    } catch (RuntimeException e) {
      noteCloseError(new AssertionError(endpoint() + " could not be closed: " + e, e));
    }
  }

  /** The first error in the background has the others as suppressed ones. */
  private synchronized void noteCloseError(AssertionError error) {
    closeErrors.add(error);
    Stream.of(error.getSuppressed())
        .filter(AssertionError.class::isInstance)
        .map(AssertionError.class::cast)
        .forEach(closeErrors::add);
  }

  /** Closes the endpoint, and returns errors that were not reported before. */
  final List<AssertionError> close() {
    closeEndpoint();
    return takeProblems();
  }
}
