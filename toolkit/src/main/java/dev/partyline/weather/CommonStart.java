package dev.partyline.weather;

/** When a fault has started that has one start for all connections, which two loops may serve. */
final class CommonStart {
  private boolean known;
  private long time;

  /** Returns the time with which this was called first. */
  synchronized long get(long now) {
    if (!known) {
      known = true;
      time = now;
    }
    return time;
  }
}
