package dev.partyline.junit5.internal;

import dev.partyline.ports.OpenResource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The listeners, clients and taps that a test opened in code, on the threads that ran it. */
final class OpenedEndpoints {
  /**
   * Further ones that the test has closed are forgotten, the oldest first, but not their errors.
   */
  private static final int MAX_CLOSED = 20;

  private final List<OpenedEndpoint> endpoints = new ArrayList<>();
  private final List<AssertionError> problems = new ArrayList<>();

  synchronized void add(OpenResource resource) {
    OpenedEndpoint.of(resource).ifPresent(endpoints::add);
    if (endpoints.size() > MAX_CLOSED) {
      forgetOldestClosed();
    }
  }

  private void forgetOldestClosed() {
    Optional<OpenedEndpoint> oldest = endpoints.stream().filter(each -> !each.isOpen()).findFirst();
    oldest.ifPresent(
        endpoint -> {
          problems.addAll(endpoint.takeProblems());
          endpoints.remove(endpoint);
        });
  }

  synchronized List<OpenedEndpoint> all() {
    return List.copyOf(endpoints);
  }

  /** Returns errors in the background that were not reported before. */
  synchronized List<AssertionError> takeProblems() {
    List<AssertionError> news = new ArrayList<>(problems);
    problems.clear();
    endpoints.forEach(endpoint -> news.addAll(endpoint.takeProblems()));
    return news;
  }
}
