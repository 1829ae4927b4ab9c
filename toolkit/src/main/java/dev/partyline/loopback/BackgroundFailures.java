package dev.partyline.loopback;

import java.util.ArrayList;
import java.util.List;

/** What went wrong where nobody could be told at once; closing tells it. */
final class BackgroundFailures {
  private final List<AssertionError> failures = new ArrayList<>();

  synchronized void add(String message, Throwable cause) {
    failures.add(new AssertionError(message + ": " + cause, cause));
  }

  synchronized void add(AssertionError failure) {
    failures.add(failure);
  }

  synchronized List<AssertionError> all() {
    return List.copyOf(failures);
  }

  /** Throws the first one, the others suppressed in it. */
  void throwIfAny() {
    List<AssertionError> snapshot = all();
    if (snapshot.isEmpty()) {
      return;
    }
    AssertionError first = snapshot.get(0);
    snapshot.stream().skip(1).forEach(first::addSuppressed);
    throw first;
  }
}
