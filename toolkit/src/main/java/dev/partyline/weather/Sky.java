package dev.partyline.weather;

import dev.partyline.wire.Transport;

/** The weather of one running tap; safe to use from several threads. */
public final class Sky {
  private final Weather start;

  /** A sky with this weather from the start. */
  public Sky(Weather start) {
    this.start = start;
  }

  /**
   * A sky over one transport.
   *
   * @throws IllegalArgumentException if a fault makes no sense there; it says what to use instead
   */
  public Sky(Weather start, Transport transport) {
    this.start = start;
  }

  /** Puts faults up, behind those that are up already. */
  public Guard put(Fault... faults) {
    return () -> {};
  }

  /** Returns the weather as it is now. */
  public Weather now() {
    return start;
  }

  /** Returns the seed of all random choices. */
  public long seed() {
    return start.seed();
  }

  /** Returns whether nobody is to listen. */
  public boolean refuses() {
    return false;
  }

  /** Returns what becomes of a client that was accepted; asked once for each connection. */
  public Admission admit(Passage client) {
    return Admission.FREE;
  }

  /** Returns the lane for one direction of one connection; asked once for each. */
  public Lane lane(Passage passage) {
    return new Lane();
  }

  /** Has a task run, on the thread that changes it, whenever the weather changes. */
  public void onChange(Runnable told) {}

  /** Returns what the faults have done so far. */
  public Report report() {
    return new Report();
  }
}
