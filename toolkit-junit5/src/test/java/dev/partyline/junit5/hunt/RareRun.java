package dev.partyline.junit5.hunt;

/** Makes one run of a test rare, by counting and not by luck. */
final class RareRun {
  private final int which;
  private int count;

  /** Makes the run of this number rare. */
  RareRun(int which) {
    this.which = which;
  }

  /** Begins a run, and returns whether it is the rare one. */
  synchronized boolean next() {
    count++;
    return count == which;
  }

  synchronized int count() {
    return count;
  }
}
