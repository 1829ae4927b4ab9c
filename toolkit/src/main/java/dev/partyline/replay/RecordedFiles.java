package dev.partyline.replay;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The cassettes that were recorded in this JVM, and by which test: two must not share a file. */
final class RecordedFiles {
  /** The name of the test that has recorded a file, or the identity of a session of none. */
  private static final Map<Path, Object> TESTS = new ConcurrentHashMap<>();

  private RecordedFiles() {}

  /**
   * Checks that no other test has recorded a file.
   *
   * @throws IllegalStateException if one has
   */
  static void check(Path file, Object test) {
    check(file, test, TESTS.get(file.normalize()));
  }

  /**
   * Takes note that a test records a file, perhaps again.
   *
   * @throws IllegalStateException if another one has recorded it
   */
  static void add(Path file, Object test) {
    check(file, test, TESTS.putIfAbsent(file.normalize(), test));
  }

  private static void check(Path file, Object test, @Nullable Object recordedBy) {
    if (recordedBy != null && !recordedBy.equals(test)) {
      throw new IllegalStateException(
          "cassette ("
              + file
              + ") was already recorded by "
              + (recordedBy instanceof String name ? name : "another session")
              + " in this run: give each test a file of its own");
    }
  }
}
