package dev.partyline.weather;

/** Something that may have a weather of its own between its end and its peers. */
public interface WeatherOwner {
  /** Returns what its faults have done; none of them if it was started without a weather. */
  Weathered weather();
}
