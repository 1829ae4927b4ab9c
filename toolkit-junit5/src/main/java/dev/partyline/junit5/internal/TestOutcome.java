package dev.partyline.junit5.internal;

import dev.partyline.loopback.Listener;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.TestAbortedException;

/** The failures of the endpoints of a test, or of a class, at its end. */
public final class TestOutcome {
  private final TestEndpoints endpoints;
  private final List<String> messages = new ArrayList<>();
  private final List<AssertionError> problems = new ArrayList<>();

  private TestOutcome(TestEndpoints endpoints) {
    this.endpoints = endpoints;
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
    if (failure.isPresent() && failure.get() instanceof TestAbortedException) {
      endpoints.close();
      return;
    }
    if (requireFinished) {
      endpoints.markUsed();
    }
    boolean interrupted = !endpoints.interruptReports().isEmpty();
    if (interrupted) {
      // A thread that JUnit has given up may still wait there.
      endpoints.closeConnections();
    }
    TestOutcome outcome = new TestOutcome(endpoints);
    // A method before the test may have failed, so that nothing has asked for it yet.
    failure.ifPresent(endpoints::socketReport);
    if (failure.isEmpty() && endpoints.resources().stream().anyMatch(TestOutcome::isListener)) {
      outcome.problems.addAll(AutoClosedFields.close(context));
    }
    // The report of an interrupt has what was unfinished then.
    outcome.evaluate(requireFinished && !interrupted, failure.isPresent() || endpoints.hasFailed());
    failure.ifPresent(outcome::removeProblemsWithin);
    if (failure.isPresent()) {
      outcome.error().map(TestOutcome::withoutTrace).ifPresent(failure.get()::addSuppressed);
      reports(context, endpoints).forEach(failure.get()::addSuppressed);
    } else if (outcome.error().isPresent()) {
      AssertionError error = outcome.error().get();
      reports(context, endpoints).forEach(error::addSuppressed);
      throw error;
    } else if (ReportFiles.isAlwaysEnabled(context)) {
      ConversationReport.publish(context, endpoints);
    }
  }

  private static boolean isListener(ManagedResource resource) {
    return resource.endpoint() instanceof Listener;
  }

  private static List<ConversationReport> reports(
      ExtensionContext context, TestEndpoints endpoints) {
    return endpoints.interruptReports().isEmpty()
        ? ConversationReport.of(context, endpoints, endpoints.socketReport(null)).stream().toList()
        : endpoints.interruptReports();
  }

  private void evaluate(boolean requireFinished, boolean hasFailed) {
    if (requireFinished && !hasFailed) {
      endpoints.resources().forEach(ManagedResource::await);
    }
    addFailures(
        endpoints.resources().stream().filter(resource -> !resource.isUnused()), requireFinished);
    messages.addAll(endpoints.endWeather());
    if (requireFinished) {
      endpoints.weatherRequest().flatMap(WeatherRequest::failure).ifPresent(messages::add);
    }
    for (TestEndpoints current = endpoints.parent(); current != null; current = current.parent()) {
      addFailures(current.resources().stream(), false);
      current.resources().forEach(resource -> problems.addAll(resource.takeProblems()));
      problems.addAll(current.openedEndpoints().takeProblems());
    }
    if (hasFailed || !messages.isEmpty() || !problems.isEmpty()) {
      // Now, because the sockets are closed next.
      endpoints.socketReport(null);
    }
    problems.addAll(endpoints.closeAll());
    problems.addAll(endpoints.openedEndpoints().takeProblems());
    // Closing has read what had arrived by then.
    addFailures(endpoints.resources().stream(), false);
    // A test that failed may not have reached all of its listeners; the report names those anyway.
    boolean failed =
        hasFailed
            || !problems.isEmpty()
            || endpoints.resources().stream().anyMatch(ManagedResource::hasFailed);
    if (requireFinished && !failed) {
      addFailures(endpoints.resources().stream().filter(ManagedResource::isUnused), true);
    }
  }

  /** Removes what the test got when it closed an endpoint itself, and has failed with. */
  private void removeProblemsWithin(Throwable failure) {
    Set<Throwable> all = Collections.newSetFromMap(new IdentityHashMap<>());
    addWithCauses(failure, all);
    problems.removeIf(all::contains);
  }

  private static void addWithCauses(@Nullable Throwable failure, Set<Throwable> all) {
    if (failure != null && all.add(failure)) {
      addWithCauses(failure.getCause(), all);
      Stream.of(failure.getSuppressed()).forEach(each -> addWithCauses(each, all));
    }
  }

  private void addFailures(Stream<ManagedResource> resources, boolean requireFinished) {
    resources.forEach(resource -> resource.takeFailure(requireFinished).ifPresent(messages::add));
  }

  private Optional<AssertionError> error() {
    if (messages.isEmpty() && problems.isEmpty()) {
      return Optional.empty();
    }
    Stream<String> all =
        Stream.concat(messages.stream(), problems.stream().map(Throwable::getMessage));
    AssertionError error = new AssertionError(String.join("\n", all.toList()).stripTrailing());
    problems.forEach(error::addSuppressed);
    return Optional.of(error);
  }

  /** The test has a failure with a stack trace of its own. */
  private static AssertionError withoutTrace(AssertionError error) {
    error.setStackTrace(new StackTraceElement[0]);
    return error;
  }
}
