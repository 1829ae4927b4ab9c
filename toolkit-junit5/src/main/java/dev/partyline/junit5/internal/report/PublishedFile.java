package dev.partyline.junit5.internal.report;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A file that was to be written.
 *
 * @param path where it is; empty if it could not be written
 * @param problem why it could not; empty if it was written, or this version of JUnit has no files
 */
public record PublishedFile(Optional<Path> path, String problem) {
  private static final PublishedFile UNSUPPORTED = new PublishedFile(Optional.empty(), "");

  static PublishedFile at(Path path) {
    return new PublishedFile(Optional.of(path), "");
  }

  static PublishedFile failed(String problem) {
    return new PublishedFile(Optional.empty(), problem);
  }

  /** Returns what there is if JUnit has no files. */
  public static PublishedFile unsupported() {
    return UNSUPPORTED;
  }
}
