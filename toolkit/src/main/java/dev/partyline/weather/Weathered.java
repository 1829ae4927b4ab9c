package dev.partyline.weather;

import dev.partyline.wire.Recorded;

/** Something that keeps a recording of what passed through its faults. */
public interface Weathered extends Recorded {
  /** Returns what the faults have done so far. */
  WeatherReport weatherReport();

  /** Returns the seed with which all random numbers of its weather are drawn again. */
  long seed();
}
