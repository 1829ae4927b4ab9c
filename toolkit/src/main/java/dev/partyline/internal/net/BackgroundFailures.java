package dev.partyline.internal.net;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Failures that happened on a thread of ours, kept until the listener, client or tap is closed;
 * also that its recording misses bytes, which does not stop the traffic.
 */
public final class BackgroundFailures {
  private final Supplier<Optional<String>> recordingProblem;
  private final List<AssertionError> failures = new ArrayList<>();
  private String reportedProblem = "";
  private boolean hasNoDescriptors;

  /** Makes them for something that records nothing. */
  public BackgroundFailures() {
    this(Optional::empty);
  }

  /**
   * Makes them for an owner of a recording.
   *
   * @param recordingProblem tells which bytes it misses, in a text that changes with their number
   */
  public BackgroundFailures(Supplier<Optional<String>> recordingProblem) {
    this.recordingProblem = recordingProblem;
  }

  /** Adds a failure; without a free descriptor everything fails, so only the first time. */
  public synchronized void add(String message, Throwable cause) {
    try {
      boolean noDescriptors = SocketError.NO_DESCRIPTORS.matches(cause);
      if (!noDescriptors || !hasNoDescriptors) {
        failures.add(new AssertionError(message + ": " + cause + SocketError.advice(cause), cause));
      }
      hasNoDescriptors |= noDescriptors;
    } catch (RuntimeException | Error e) {
      // The message of an exception of the user is code of the user, and may fail as well.
      failures.add(withoutMessage(message, cause));
    }
  }

  /** Returns a failure without its cause, because what prints it would fail. */
  private static AssertionError withoutMessage(String message, Throwable cause) {
    AssertionError failure =
        new AssertionError(
            message + ": " + cause.getClass().getName() + ", whose getMessage() fails");
    failure.setStackTrace(cause.getStackTrace());
    return failure;
  }

  public synchronized void add(AssertionError failure) {
    failures.add(failure);
  }

  /** Closes what an owner has open; if that fails, it is a failure of the owner. */
  public void close(Closeable resource, Object owner) {
    try {
      resource.close();
    } catch (IOException e) {
      add(owner + " could not be closed", e);
    }
  }

  /** Returns those that were not thrown yet. */
  public synchronized List<AssertionError> all() {
    String problem = recordingProblem.get().orElse("");
    if (!problem.equals(reportedProblem)) {
      reportedProblem = problem;
      failures.add(new AssertionError(problem));
    }
    return List.copyOf(failures);
  }

  /** Throws the first one, the others suppressed in it; they are not among these failures then. */
  public void throwIfAny() {
    List<AssertionError> taken = takeAll();
    if (taken.isEmpty()) {
      return;
    }
    AssertionError first = taken.get(0);
    taken.stream().skip(1).forEach(first::addSuppressed);
    throw first;
  }

  private synchronized List<AssertionError> takeAll() {
    List<AssertionError> all = all();
    failures.clear();
    return all;
  }
}
