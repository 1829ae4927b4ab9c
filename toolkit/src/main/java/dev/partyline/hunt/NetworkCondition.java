package dev.partyline.hunt;

import dev.partyline.hunt.ConditionPart.Other;
import dev.partyline.hunt.ConditionPart.SliceOffset;
import dev.partyline.weather.Fault;
import dev.partyline.weather.Weather;
import dev.partyline.wire.Side;
import java.util.ArrayList;
import java.util.List;

/**
 * A weather that a real network can have and a correct program survives.
 *
 * @param name what it is, such as {@code late server}
 * @param parts what it consists of
 * @param seed the seed of the random numbers of its faults
 */
public record NetworkCondition(String name, List<ConditionPart> parts, long seed) {
  /** The condition without faults. */
  public static final NetworkCondition CLEAR = new NetworkCondition("clear", List.of(), 0);

  public NetworkCondition {
    parts = List.copyOf(parts);
  }

  /** Returns a condition of a weather. */
  public static NetworkCondition of(String name, Weather weather) {
    List<ConditionPart> parts = new ArrayList<>();
    weather.faults().forEach(fault -> parts.add(new Other(fault)));
    return new NetworkCondition(name, parts, weather.seed());
  }

  /** Returns the faults that make it. */
  public Weather weather() {
    List<Fault> faults = new ArrayList<>();
    for (Side side : Side.values()) {
      long[] offsets =
          parts.stream()
              .filter(part -> part instanceof SliceOffset slice && slice.sender() == side)
              .mapToLong(part -> ((SliceOffset) part).offset())
              .sorted()
              .toArray();
      if (offsets.length > 0) {
        faults.add(Fault.sliceAt(offsets).from(side));
      }
    }
    for (ConditionPart part : parts) {
      if (part instanceof Other other) {
        faults.add(other.fault());
      }
    }
    return Weather.of(faults.toArray(Fault[]::new)).seed(seed);
  }

  /** Returns the same with other parts. */
  NetworkCondition withParts(List<ConditionPart> newParts) {
    return new NetworkCondition(name, newParts, seed);
  }

  /** Returns the name and, in parentheses, the text of the weather if that is another. */
  @Override
  public String toString() {
    return parts.isEmpty() || name.equals(weather().toString())
        ? name
        : name + " (" + weather() + ")";
  }
}
