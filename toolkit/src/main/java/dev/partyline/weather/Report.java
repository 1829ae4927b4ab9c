package dev.partyline.weather;

import java.util.List;

/** What the faults of a sky have done: an immutable snapshot. */
public final class Report {
  Report() {}

  /** Returns what a fault did, connection by connection; empty if nothing. */
  public List<Hit> hits(Fault fault) {
    return List.of();
  }

  /** Returns the faults that had to fire and did not. */
  public List<Fault> missed() {
    return List.of();
  }
}
