package dev.partyline.replay;

import java.nio.file.Path;
import java.util.Locale;

/**
 * Whether a cassette is recorded or replayed. The system property {@code partyline.cassette} sets
 * it for all: {@code once}, {@code replay} or {@code always}.
 */
public enum CassetteMode {
  /**
   * Replays the file, and records it if there is none; where the environment variable {@code CI} is
   * {@code true}, a missing file is an error. The default.
   */
  ONCE,
  /** Replays the file; a missing one is an error. */
  REPLAY,
  /** Records the file anew. */
  ALWAYS;

  private static final String PROPERTY = "partyline.cassette";

  /**
   * Returns whether a file is to be replayed rather than recorded.
   *
   * @param exists whether there is such a file
   * @param inCi whether the test runs where nothing must be recorded unasked
   * @throws IllegalStateException if the file is missing and must not be recorded
   */
  boolean replays(Path file, boolean exists, boolean inCi) {
    if (this == REPLAY && !exists) {
      throw new IllegalStateException(
          "cassette ("
              + file
              + ") does not exist, and mode 'replay' does not record it: 'once' does");
    }
    if (this == ONCE && !exists && inCi) {
      throw new IllegalStateException(
          "cassette ("
              + file
              + ") does not exist, and nothing is recorded where the environment has CI=true: run"
              + " the test elsewhere, and commit the file");
    }
    return this == REPLAY || (this == ONCE && exists);
  }

  /**
   * Returns the mode of the system property, or else this one.
   *
   * @throws IllegalArgumentException if the property is not a mode
   */
  CassetteMode orProperty() {
    String value = System.getProperty(PROPERTY, "").strip();
    for (CassetteMode mode : values()) {
      if (mode.word().equals(value)) {
        return mode;
      }
    }
    if (!value.isEmpty()) {
      throw new IllegalArgumentException(
          "-D" + PROPERTY + "=" + value + " must be 'once', 'replay' or 'always'");
    }
    return this;
  }

  private String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
