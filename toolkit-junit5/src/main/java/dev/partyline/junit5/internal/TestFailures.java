package dev.partyline.junit5.internal;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The failures of a test, and the sockets at the time of the first one. */
public final class TestFailures {
  private final TestEndpoints endpoints;
  private final SocketBaseline socketBaseline = new SocketBaseline();
  private final Set<Throwable> reported = Collections.newSetFromMap(new IdentityHashMap<>());
  private @Nullable SocketReport socketReport;
  private @Nullable Throwable last;

  TestFailures(TestEndpoints endpoints) {
    this.endpoints = endpoints;
  }

  /** Notes the failure of a method, which another extension may have the test not fail with. */
  public synchronized void note(Throwable failure) {
    last = failure;
  }

  synchronized Optional<Throwable> last() {
    return Optional.ofNullable(last);
  }

  /** Returns whether the caller is the first to add the conversations to a failure. */
  synchronized boolean claimReport(Throwable failure) {
    return reported.add(failure);
  }

  /**
   * Returns the sockets at the first call, which comes when the test fails.
   *
   * @param failure the failure; null if what was started here has failed
   */
  public synchronized SocketReport socketReport(@Nullable Throwable failure) {
    if (socketReport == null) {
      socketReport = newSocketReport(failure);
    }
    return socketReport;
  }

  /** Returns the sockets as they are now. */
  SocketReport newSocketReport(@Nullable Throwable failure) {
    return SocketReport.now(socketBaseline, PortConflict.describe(failure, endpoints));
  }
}
