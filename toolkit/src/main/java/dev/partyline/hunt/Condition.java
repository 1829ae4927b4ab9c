package dev.partyline.hunt;

import dev.partyline.weather.Weather;

/**
 * A weather that a real network can have and a correct program survives.
 *
 * @param name what it is, such as {@code late server}
 * @param weather its faults
 */
public record Condition(String name, Weather weather) {
  /** The condition without faults. */
  public static final Condition CLEAR = new Condition("clear", Weather.clear());

  /** Returns the name and, in parentheses, the text of the weather. */
  @Override
  public String toString() {
    return weather.faults().isEmpty() ? name : name + " (" + weather + ")";
  }
}
