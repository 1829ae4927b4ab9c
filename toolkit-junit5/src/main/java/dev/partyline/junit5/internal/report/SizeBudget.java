package dev.partyline.junit5.internal.report;

/** How much all files of a run may have together. */
final class SizeBudget {
  private final FileSize max;
  private long usedBytes;
  private boolean exceeded;

  SizeBudget(FileSize max) {
    this.max = max;
  }

  /** Returns whether so many bytes more would still be within it. */
  synchronized boolean hasRoom(long bytes) {
    return bytes <= max.bytes() - usedBytes;
  }

  /**
   * Counts bytes that were written, and returns whether they may stay: if not, they do not count.
   */
  synchronized boolean take(long bytes) {
    if (!hasRoom(bytes)) {
      return false;
    }
    usedBytes += bytes;
    return true;
  }

  /** Returns whether this is the first time that something does not fit. */
  synchronized boolean markExceeded() {
    boolean first = !exceeded;
    exceeded = true;
    return first;
  }

  /** Returns why something was not written. */
  String problem() {
    return "all files of this run may have "
        + max
        + ", which "
        + FileSize.PARAMETER
        + " sets, and it would be more";
  }
}
