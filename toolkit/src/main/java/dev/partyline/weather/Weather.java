package dev.partyline.weather;

import java.util.ArrayList;
import java.util.List;

/** Faults in order, and the seed of their random choices: an immutable value. */
public final class Weather {
  private static final Weather CLEAR = new Weather(0, List.of());

  private final long seed;
  private final List<Fault> faults;

  private Weather(long seed, List<Fault> faults) {
    this.seed = seed;
    this.faults = faults;
  }

  /** Returns the weather in which everything passes as it came. */
  public static Weather clear() {
    return CLEAR;
  }

  /** Returns the weather of these faults; bytes meet them in this order. */
  public static Weather of(Fault... faults) {
    return new Weather(0, List.of(faults));
  }

  /** Reads a weather from its text. */
  public static Weather parse(String text) {
    return of(Fault.parse(text));
  }

  /** Returns this weather with one more fault, behind the others. */
  public Weather with(Fault fault) {
    List<Fault> more = new ArrayList<>(faults);
    more.add(fault);
    return new Weather(seed, List.copyOf(more));
  }

  /** Returns this weather with another seed. */
  public Weather seed(long seed) {
    return new Weather(seed, faults);
  }

  /** Returns the seed of the random choices; 0 unless it was set. */
  public long seed() {
    return seed;
  }

  /** Returns the faults, in the order in which bytes meet them. */
  public List<Fault> faults() {
    return faults;
  }
}
