package dev.partyline.junit5.internal;

import dev.partyline.junit5.internal.jupiter.AutoClosedArguments;
import dev.partyline.junit5.internal.jupiter.AutoClosedFields;
import dev.partyline.junit5.internal.jupiter.InnerTests.InnerTest;
import dev.partyline.junit5.internal.jupiter.LaterSteps;
import dev.partyline.junit5.internal.jupiter.TestAbort;
import dev.partyline.loopback.Client;
import dev.partyline.loopback.Listener;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Fails a test, or a class, because of its endpoints, and adds their conversations to failures. */
public final class TestOutcome {
  private TestOutcome() {}

  /**
   * Fails the method of a test, which has passed, because of what is certain at its end: then
   * extensions see it that handle the failures of methods. If nothing comes after the method that
   * may still use a connection, everything is certain.
   */
  public static void checkMethod(ExtensionContext context, TestEndpoints endpoints) {
    if (endpoints.dumps().isInterrupted()) {
      return;
    }
    TestVerdict verdict = new TestVerdict(endpoints);
    boolean last = !LaterSteps.exist(context);
    if (last) {
      endpoints.resources().forEach(ManagedResource::await);
      verdict.addUsed(true);
      verdict.addWeather(true);
    } else {
      // They are not used any more, and a later failure is none of the method.
      endpoints.resources().stream()
          .filter(resource -> resource.endpoint() instanceof Client)
          .forEach(ManagedResource::await);
      if (verdict.hasFailedScript()) {
        verdict.addUsed(true);
      }
    }
    verdict.addProblems();
    verdict.addShared(false);
    if (last) {
      verdict.addUnused();
    }
    throwIfAny(endpoints, verdict);
  }

  private static void throwIfAny(TestEndpoints endpoints, TestVerdict verdict) {
    Optional<AssertionError> error = verdict.error();
    if (error.isPresent()) {
      endpoints.failures().note(error.get());
      throw error.get();
    }
  }

  /** Returns a failure of a method together with what the endpoints have found by then. */
  public static Throwable join(TestEndpoints endpoints, Throwable failure) {
    if (TestAbort.isAbort(failure)) {
      return failure;
    }
    TestVerdict verdict = new TestVerdict(endpoints);
    // The report of an interrupt has what was unfinished then.
    verdict.addUsed(!endpoints.dumps().isInterrupted());
    verdict.addProblems();
    verdict.addShared(true);
    return join(endpoints, failure, verdict);
  }

  private static Throwable join(TestEndpoints endpoints, Throwable failure, TestVerdict verdict) {
    Throwable joined =
        verdict.error().<Throwable>map(error -> JoinedFailure.of(failure, error)).orElse(failure);
    endpoints.failures().note(joined);
    return joined;
  }

  /** Fails a dynamic test because of the endpoints of its method. */
  public static void checkDynamicTest(TestEndpoints endpoints, InnerTest test) {
    TestVerdict verdict = new TestVerdict(endpoints);
    verdict.addShared(endpoints, true, test, false);
    throwIfAny(endpoints, verdict);
  }

  /** Returns the failure of a dynamic test, with the conversations of its method. */
  public static Throwable joinDynamicTest(
      ExtensionContext context, TestEndpoints endpoints, InnerTest test, Throwable failure) {
    endpoints.innerTests().markFailed();
    if (TestAbort.isAbort(failure)) {
      endpoints.forgive(test);
      return failure;
    }
    TestVerdict verdict = new TestVerdict(endpoints);
    verdict.addShared(endpoints, true, test, true);
    verdict.addShared(true);
    Throwable joined = join(endpoints, failure, verdict);
    endpoints.withParents().forEach(ManagedResource::drainInput);
    ConversationReport.ofDynamicTest(
            context, endpoints, endpoints.failures().newSnapshot(failure), test, joined)
        .ifPresent(joined::addSuppressed);
    return joined;
  }

  /**
   * Closes the endpoints of a test or a class, and fails it if a script was not followed or a tap
   * not used.
   *
   * @param requireFinished whether being unfinished is a failure
   */
  public static void check(
      ExtensionContext context, TestEndpoints endpoints, boolean requireFinished) {
    Optional<Throwable> failure = context.getExecutionException();
    try {
      if (failure.filter(TestAbort::isAbort).isPresent()) {
        closeAborted(context, endpoints);
      } else {
        check(context, endpoints, requireFinished, failure);
      }
    } finally {
      endpoints.leaveClasses();
    }
  }

  /** Another extension may have made an aborted test of one that has failed, to repeat it. */
  private static void closeAborted(ExtensionContext context, TestEndpoints endpoints) {
    endpoints.around().forEach(each -> each.innerTests().markFailed());
    endpoints.failures().last().ifPresent(failure -> addReports(context, endpoints, failure));
    endpoints.closeOrThrow();
    // What it did to the listeners of the class is a failure of no test, nor of the class.
    endpoints.around().forEach(each -> each.forgive(endpoints.innerTest()));
  }

  private static void check(
      ExtensionContext context,
      TestEndpoints endpoints,
      boolean requireFinished,
      Optional<Throwable> failure) {
    boolean interrupted = endpoints.dumps().isInterrupted();
    if (interrupted) {
      // A thread that JUnit has given up may still wait there.
      endpoints.closeConnections();
    }
    // A method before the test may have failed, so that nothing has asked for it yet.
    failure.ifPresent(endpoints.failures()::snapshot);
    List<AssertionError> closingProblems = new ArrayList<>();
    if (failure.isEmpty() && endpoints.resources().stream().anyMatch(TestOutcome::isListener)) {
      closingProblems.addAll(AutoClosedFields.close(context));
      closingProblems.addAll(AutoClosedArguments.of(context).close());
    }
    // The report of an interrupt has what was unfinished then.
    TestVerdict verdict = evaluate(endpoints, requireFinished && !interrupted, failure.isPresent());
    verdict.addProblems(closingProblems);
    Optional<AssertionError> found = verdict.error();
    boolean failed = failure.isPresent() || found.isPresent();
    endpoints.around().forEach(each -> each.innerTests().note(endpoints.isTest(), failed));
    if (failure.isPresent()) {
      found.map(TestOutcome::withoutTrace).ifPresent(failure.get()::addSuppressed);
      addReports(context, endpoints, failure.get());
      return;
    }
    Optional<AssertionError> error = endpoints.failures().atEnd(found);
    if (error.isPresent()) {
      addReports(context, endpoints, error.get());
      throw error.get();
    }
    ConversationReport.publishPassed(context, endpoints);
  }

  private static boolean isListener(ManagedResource resource) {
    return resource.endpoint() instanceof Listener;
  }

  private static TestVerdict evaluate(
      TestEndpoints endpoints, boolean requireFinished, boolean hasFailed) {
    TestVerdict verdict = new TestVerdict(endpoints);
    if (requireFinished && !hasFailed) {
      endpoints.resources().forEach(ManagedResource::await);
    }
    verdict.addUsed(requireFinished);
    verdict.addWeather(requireFinished);
    if (hasFailed || !verdict.isEmpty()) {
      // Now, because the sockets are closed next.
      endpoints.failures().snapshot(null);
    }
    endpoints.failures().endpointSnapshots();
    verdict.addClosing();
    // A client that was closed may have been one of a listener of the class.
    verdict.addShared(hasFailed);
    if (requireFinished && !hasFailed) {
      verdict.addUnused();
    }
    return verdict;
  }

  /** Adds the conversations to a failure that came after the check, such as of an extension. */
  static void reportLateFailure(ExtensionContext context, TestEndpoints endpoints) {
    Optional<Throwable> failure =
        context.getExecutionException().filter(throwable -> !TestAbort.isAbort(throwable));
    if (failure.isPresent()) {
      endpoints.around().forEach(each -> each.innerTests().markFailed());
      addReports(context, endpoints, failure.get());
    }
  }

  private static void addReports(
      ExtensionContext context, TestEndpoints endpoints, Throwable failure) {
    if (endpoints.failures().claimReport(failure)) {
      List<ConversationReport> interruptReports = endpoints.dumps().interruptReports();
      if (interruptReports.isEmpty()) {
        ConversationReport.of(context, endpoints, endpoints.failures().snapshot(failure), failure)
            .ifPresent(failure::addSuppressed);
      } else {
        interruptReports.forEach(failure::addSuppressed);
      }
      if (endpoints.isTest()) {
        FailedAttempts.note(context, failure);
      }
    }
  }

  /** The test has a failure with a stack trace of its own. */
  private static AssertionError withoutTrace(AssertionError error) {
    error.setStackTrace(new StackTraceElement[0]);
    return error;
  }
}
