package dev.partyline.hunt;

import dev.partyline.hunt.ConditionPart.Cut;
import dev.partyline.hunt.ConditionPart.Late;
import dev.partyline.hunt.ConditionPart.Other;
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
public record Condition(String name, List<ConditionPart> parts, long seed) {
  /** The condition without faults. */
  public static final Condition CLEAR = new Condition("clear", List.of(), 0);

  public Condition {
    parts = List.copyOf(parts);
  }

  /** Returns a condition of a weather. */
  public static Condition of(String name, Weather weather) {
    List<ConditionPart> parts = new ArrayList<>();
    weather.faults().forEach(fault -> parts.add(new Other(fault)));
    return new Condition(name, parts, weather.seed());
  }

  /** Returns the faults that make it. */
  public Weather weather() {
    List<Fault> faults = new ArrayList<>();
    for (Side side : Side.values()) {
      long[] cuts =
          parts.stream()
              .filter(part -> part instanceof Cut cut && cut.sender() == side)
              .mapToLong(part -> ((Cut) part).offset())
              .sorted()
              .toArray();
      if (cuts.length > 0) {
        faults.add(Fault.sliceAt(cuts).from(side));
      }
    }
    for (ConditionPart part : parts) {
      if (part instanceof Late late) {
        faults.add(Fault.delay(late.time()).from(late.sender()));
      } else if (part instanceof Other other) {
        faults.add(other.fault());
      }
    }
    return Weather.of(faults.toArray(Fault[]::new)).seed(seed);
  }

  /** Returns the same with other parts. */
  Condition withParts(List<ConditionPart> newParts) {
    return new Condition(name, newParts, seed);
  }

  /** Returns the name and, in parentheses, the text of the weather. */
  @Override
  public String toString() {
    return parts.isEmpty() ? name : name + " (" + weather() + ")";
  }
}
