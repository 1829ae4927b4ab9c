package dev.partyline.junit5;

import java.util.ArrayList;
import java.util.List;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/** Keeps the failures of a run, as a build tool would see them. */
final class Failures implements TestExecutionListener {
  private final List<Throwable> failures = new ArrayList<>();

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    result.getThrowable().ifPresent(failures::add);
  }

  /** Returns what we added to the last failure; a throwable without a message if there is none. */
  Throwable lastSuppressed() {
    return failures.stream()
        .flatMap(failure -> List.of(failure.getSuppressed()).stream())
        .reduce((first, second) -> second)
        .orElseGet(Throwable::new);
  }
}
