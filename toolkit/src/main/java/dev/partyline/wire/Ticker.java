package dev.partyline.wire;

/** Where time comes from: a clock that only goes forward. */
@FunctionalInterface
public interface Ticker {
  /** The clock of this JVM, {@link System#nanoTime()}. */
  Ticker SYSTEM = System::nanoTime;

  /** Returns the nanoseconds since some fixed moment. */
  long nanos();
}
