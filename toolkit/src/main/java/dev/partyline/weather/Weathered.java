package dev.partyline.weather;

import dev.partyline.wire.Recorded;

/** Something that keeps a recording of what passed through its weather. */
public interface Weathered extends Recorded {
  /** Returns what the faults have done so far. */
  Report weatherReport();

  /** Returns the seed that replays every random choice of its weather. */
  long seed();
}
