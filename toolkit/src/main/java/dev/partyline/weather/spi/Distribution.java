package dev.partyline.weather.spi;

/** How the jitter of a delay is spread, in the terms of tc-netem(8). */
public enum Distribution {
  /** Evenly from the delay less the jitter to the delay plus the jitter. */
  UNIFORM,
  /**
   * The bell curve around the delay; the jitter is its standard deviation. It ends at four jitters,
   * as netem's table {@code normal} does.
   */
  NORMAL,
  /**
   * Mostly somewhat below the delay, now and then far above it: the jitter times 4/3 of what a
   * Pareto variable of shape 3 deviates from its mean. It ends at four jitters, as netem's table
   * {@code pareto} does.
   */
  PARETO
}
