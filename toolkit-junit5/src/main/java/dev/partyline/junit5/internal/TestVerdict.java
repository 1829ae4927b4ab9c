package dev.partyline.junit5.internal;

import dev.partyline.junit5.internal.jupiter.InnerTests;
import dev.partyline.junit5.internal.jupiter.InnerTests.InnerTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the endpoints of a test, or of a class, have found that was not told before. */
final class TestVerdict {
  private final TestEndpoints endpoints;
  private final List<String> messages = new ArrayList<>();
  private final List<AssertionError> problems = new ArrayList<>();

  TestVerdict(TestEndpoints endpoints) {
    this.endpoints = endpoints;
  }

  /**
   * Adds what those have found that had a connection.
   *
   * @param requireFinished whether being unfinished is a failure
   */
  void addUsed(boolean requireFinished) {
    endpoints.resources().stream()
        .filter(resource -> !resource.isUnused())
        .forEach(resource -> add(resource.takeFailure(requireFinished)));
  }

  /**
   * Adds those that had no connection, unless there is another failure: then they may not have been
   * reached, and the report names them anyway.
   */
  void addUnused() {
    if (isEmpty() && !hasFailedScript()) {
      endpoints.resources().stream()
          .filter(ManagedResource::isUnused)
          .forEach(resource -> add(resource.takeFailure(true)));
    }
  }

  boolean hasFailedScript() {
    return endpoints.resources().stream().anyMatch(ManagedResource::hasFailed);
  }

  /** Removes the weather, and adds what it should have hit, if that is to be checked. */
  void addWeather(boolean required) {
    List<String> misses = endpoints.weather().end();
    if (required) {
      messages.addAll(misses);
      add(endpoints.weather().failure());
    }
  }

  /** Adds errors that closing something for the test has thrown. */
  void addProblems(List<AssertionError> more) {
    problems.addAll(more);
  }

  /** Adds errors in the background. */
  void addProblems() {
    endpoints.resources().forEach(resource -> problems.addAll(resource.takeProblems()));
    problems.addAll(endpoints.openedEndpoints().takeProblems());
  }

  /**
   * Adds what the classes around have found, as far as it is because of this test. What may have
   * been another test is left to the class, unless this one has failed.
   */
  void addShared(boolean testFailed) {
    endpoints
        .around()
        .forEach(each -> addShared(each, endpoints.isTest(), endpoints.innerTest(), testFailed));
  }

  /** Adds what some endpoints have found, as far as it is because of one of the tests in them. */
  void addShared(TestEndpoints shared, boolean isTest, InnerTest test, boolean testFailed) {
    InnerTests tests = shared.innerTests();
    if (isTest) {
      shared.resources().forEach(each -> add(each.takeFailureOf(test, testFailed, tests::running)));
    } else {
      shared.noteInnerTests();
    }
    if (testFailed || tests.running().size() == (isTest ? 1 : 0)) {
      shared.resources().forEach(resource -> problems.addAll(resource.takeProblems()));
      problems.addAll(shared.openedEndpoints().takeProblems());
    }
  }

  /** Closes the endpoints, and adds what that has brought to light. */
  void addClosing() {
    problems.addAll(endpoints.closeAll());
    problems.addAll(endpoints.openedEndpoints().takeProblems());
    // Closing has read what had arrived by then.
    endpoints.resources().forEach(resource -> add(resource.takeFailure(false)));
  }

  private void add(Optional<String> message) {
    message.ifPresent(messages::add);
  }

  boolean isEmpty() {
    return messages.isEmpty() && problems.isEmpty();
  }

  /** Returns all of it as one failure, if there is any. */
  Optional<AssertionError> error() {
    if (isEmpty()) {
      return Optional.empty();
    }
    Stream<String> all =
        Stream.concat(messages.stream(), problems.stream().map(Throwable::getMessage));
    AssertionError error = new AssertionError(String.join("\n", all.toList()).stripTrailing());
    problems.forEach(error::addSuppressed);
    return Optional.of(error);
  }
}
