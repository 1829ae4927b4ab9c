package dev.partyline.junit5;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.TestAbortedException;

/** What there is to say about a test, or a class, when it is over. */
final class TestOutcome {
  private final TestEndpoints cast;
  private final List<String> facts = new ArrayList<>();
  private final List<AssertionError> problems = new ArrayList<>();

  private TestOutcome(TestEndpoints cast) {
    this.cast = cast;
  }

  /**
   * Closes what a test or a class was given, and fails it if its scripts were not followed or its
   * taps not used.
   *
   * @param toTheEnd whether what is not finished is a failure
   */
  static void pass(ExtensionContext context, boolean toTheEnd) {
    TestEndpoints cast = TestEndpoints.of(context);
    Optional<Throwable> failure = context.getExecutionException();
    if (failure.isPresent() && failure.get() instanceof TestAbortedException) {
      cast.close();
      return;
    }
    if (toTheEnd) {
      cast.played();
    }
    TestOutcome verdict = new TestOutcome(cast);
    verdict.judge(toTheEnd, failure.isPresent() || cast.hasFailed());
    if (failure.isPresent()) {
      verdict.error().map(TestOutcome::withoutTrace).ifPresent(failure.get()::addSuppressed);
      ConversationReport.of(context, cast, cast.sockets()).ifPresent(failure.get()::addSuppressed);
    } else if (verdict.error().isPresent()) {
      AssertionError error = verdict.error().get();
      ConversationReport.of(context, cast, cast.sockets()).ifPresent(error::addSuppressed);
      throw error;
    } else if (ReportFiles.isAlwaysWanted(context)) {
      ConversationReport.publish(context, cast);
    }
  }

  private void judge(boolean toTheEnd, boolean hasFailed) {
    if (toTheEnd && !hasFailed) {
      cast.roles().forEach(ManagedResource::await);
    }
    tell(cast.roles().stream().filter(role -> !role.isUnused()), toTheEnd);
    facts.addAll(cast.endWeather());
    if (toTheEnd) {
      cast.forecast().flatMap(WeatherRequest::failure).ifPresent(facts::add);
    }
    for (TestEndpoints at = cast.around(); at != null; at = at.around()) {
      tell(at.roles().stream(), false);
      at.roles().forEach(role -> problems.addAll(role.problems()));
    }
    if (hasFailed || !facts.isEmpty() || !problems.isEmpty()) {
      // What is closed next is what somebody will ask for.
      cast.sockets();
    }
    problems.addAll(cast.dismiss());
    // What had come by then, and nobody had looked at, was looked at in closing.
    tell(cast.roles().stream(), false);
    // A test that failed did not come to all of its listeners; what was said names those anyway.
    boolean failed =
        hasFailed
            || !problems.isEmpty()
            || cast.roles().stream().anyMatch(ManagedResource::hasFailed);
    if (toTheEnd && !failed) {
      tell(cast.roles().stream().filter(ManagedResource::isUnused), true);
    }
  }

  private void tell(Stream<ManagedResource> roles, boolean toTheEnd) {
    roles.forEach(role -> role.failure(toTheEnd).ifPresent(facts::add));
  }

  private Optional<AssertionError> error() {
    if (facts.isEmpty() && problems.isEmpty()) {
      return Optional.empty();
    }
    Stream<String> all =
        Stream.concat(facts.stream(), problems.stream().map(Throwable::getMessage));
    AssertionError error = new AssertionError(String.join("\n", all.toList()).stripTrailing());
    problems.forEach(error::addSuppressed);
    return Optional.of(error);
  }

  /** Where this was made says nothing to those who have a failure of their own to look at. */
  private static AssertionError withoutTrace(AssertionError error) {
    error.setStackTrace(new StackTraceElement[0]);
    return error;
  }
}
