package dev.partyline.loopback;

import java.util.ArrayList;
import java.util.List;

/** What went wrong where nobody could be told at once; closing tells it. */
final class BackgroundFailures {
  private final List<AssertionError> all = new ArrayList<>();

  synchronized void add(String what, Throwable cause) {
    all.add(new AssertionError(what + ": " + cause, cause));
  }

  synchronized void add(AssertionError problem) {
    all.add(problem);
  }

  synchronized List<AssertionError> soFar() {
    return List.copyOf(all);
  }

  /** Throws the first one, the others suppressed in it. */
  void report() {
    List<AssertionError> problems = soFar();
    if (problems.isEmpty()) {
      return;
    }
    AssertionError first = problems.get(0);
    problems.stream().skip(1).forEach(first::addSuppressed);
    throw first;
  }
}
