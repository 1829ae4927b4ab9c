package dev.partyline.junit5.internal.report;

import java.util.HashSet;
import java.util.Set;

/** How much all files of a run may have together; those of tests that pass may have half of it. */
final class SizeBudget {
  private final FileSize max;
  private long usedBytes;

  /** Why something was not written, as it was noted. */
  private final Set<String> noted = new HashSet<>();

  SizeBudget(FileSize max) {
    this.max = max;
  }

  /** Returns whether so many bytes more would still be within it. */
  synchronized boolean hasRoom(long bytes, boolean hasPassed) {
    return bytes <= (hasPassed ? max.bytes() / 2 : max.bytes()) - usedBytes;
  }

  /**
   * Counts bytes that were written, and returns whether they may stay: if not, they do not count.
   */
  synchronized boolean take(long bytes, boolean hasPassed) {
    if (!hasRoom(bytes, hasPassed)) {
      return false;
    }
    usedBytes += bytes;
    return true;
  }

  /** Returns whether this is the first time that something does not fit for this reason. */
  synchronized boolean markExceeded(boolean hasPassed) {
    return noted.add(problem(hasPassed));
  }

  /** Returns why something was not written. */
  String problem(boolean hasPassed) {
    String share =
        hasPassed
            ? "files of tests that pass may have half of "
            : "all files of this run may have ";
    return share + max + ", which " + FileSize.PARAMETER + " sets, and it would be more";
  }
}
