package dev.partyline.junit5.internal;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The failures of a test, and how it stood at the time of the first one. */
public final class TestFailures {
  private final TestEndpoints endpoints;
  private final SocketBaseline socketBaseline = new SocketBaseline();
  private final Set<Throwable> reported = Collections.newSetFromMap(new IdentityHashMap<>());
  private final long startNanos = System.nanoTime();
  private long endNanos;

  /** When a method failed, before anything was written about it; -1 if none has. */
  private long failedNanos = -1;

  private @Nullable List<EndpointSnapshot> endpointSnapshots;
  private @Nullable SocketReport socketReport;
  private @Nullable Throwable last;

  private UnaryOperator<Optional<AssertionError>> endHandler = UnaryOperator.identity();

  TestFailures(TestEndpoints endpoints) {
    this.endpoints = endpoints;
  }

  /** Notes the failure of a method, which another extension may have the test not fail with. */
  public synchronized void note(Throwable failure) {
    failedNanos = failedNanos < 0 ? System.nanoTime() - startNanos : failedNanos;
    last = failure;
  }

  synchronized Optional<Throwable> last() {
    return Optional.ofNullable(last);
  }

  /**
   * Has what a test fails with at its end replaced, as JUnit's handlers of exceptions do with what
   * its methods fail with.
   *
   * @param handler takes what was found then, and returns it or another; it may abort the test
   */
  public synchronized void handleAtEnd(UnaryOperator<Optional<AssertionError>> handler) {
    endHandler = handler;
  }

  synchronized Optional<AssertionError> atEnd(Optional<AssertionError> found) {
    return endHandler.apply(found);
  }

  /** Returns whether the caller is the first to add the conversations to a failure. */
  synchronized boolean claimReport(Throwable failure) {
    return reported.add(failure);
  }

  /** Notes how a test stands that has failed, before its endpoints may be closed. */
  public void noteEnd(Throwable failure) {
    snapshot(failure);
  }

  /**
   * Returns what was recorded at the first call, which comes when the test fails, or before its
   * endpoints are closed.
   */
  synchronized List<EndpointSnapshot> endpointSnapshots() {
    if (endpointSnapshots == null) {
      endNanos = System.nanoTime();
      endpointSnapshots = EndpointSnapshot.of(endpoints);
    }
    return endpointSnapshots;
  }

  /**
   * Returns how the test stood at the first call, which comes when the test fails.
   *
   * @param failure the failure; null if what was started here has failed
   */
  synchronized TestSnapshot snapshot(@Nullable Throwable failure) {
    if (socketReport == null) {
      socketReport = newSocketReport(failure);
    }
    if (endpointSnapshots == null) {
      endpoints.withParents().forEach(ManagedResource::drainInput);
    }
    return snapshot(socketReport);
  }

  /** Returns how a test stood that has passed. */
  synchronized TestSnapshot snapshotOfPassed() {
    return snapshot(SocketReport.none());
  }

  private TestSnapshot snapshot(SocketReport sockets) {
    List<EndpointSnapshot> snapshots = endpointSnapshots();
    return new TestSnapshot(startNanos, endNanos, runNanos(endNanos), snapshots, sockets);
  }

  /** Returns how the test stands now. */
  TestSnapshot newSnapshot(@Nullable Throwable failure) {
    long nanos = System.nanoTime();
    return new TestSnapshot(
        startNanos,
        nanos,
        runNanos(nanos),
        EndpointSnapshot.of(endpoints),
        newSocketReport(failure));
  }

  /** Returns how long it ran until it failed, or until a time. */
  private long runNanos(long untilNanos) {
    return failedNanos < 0 ? untilNanos - startNanos : failedNanos;
  }

  private SocketReport newSocketReport(@Nullable Throwable failure) {
    return SocketReport.now(socketBaseline, PortConflict.describe(failure, endpoints));
  }
}
