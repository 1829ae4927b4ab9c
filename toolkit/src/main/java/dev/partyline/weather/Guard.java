package dev.partyline.weather;

/** Keeps faults up until it is closed; closing it again does nothing. */
public interface Guard extends AutoCloseable {
  /** Takes the faults down; what they held back goes on its way, in order. */
  @Override
  void close();
}
