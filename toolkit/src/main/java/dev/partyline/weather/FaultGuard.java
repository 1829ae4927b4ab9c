package dev.partyline.weather;

/** Keeps faults active until it is closed. Closing it again has no effect. */
public interface FaultGuard extends AutoCloseable {
  /** Removes the faults; what they held continues, in order. */
  @Override
  void close();
}
