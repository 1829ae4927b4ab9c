package dev.partyline.weather.spi;

/** How the jitter of a delay is spread, in the terms of tc-netem(8). */
public enum Distribution {
  /** Evenly from the delay less the jitter to the delay plus the jitter. */
  UNIFORM,
  /** The bell curve around the delay; the jitter is its standard deviation. */
  NORMAL,
  /**
   * Mostly somewhat below the delay, now and then far above it: the jitter times 4/3 of what a
   * Pareto variable of shape 3 deviates from its mean, which is what netem's table {@code pareto}
   * holds.
   */
  PARETO
}
