package dev.partyline.weather;

/** How the jitter of a delay is spread, in the terms of tc-netem(8). */
public enum Distribution {
  /** Evenly between the delay less the jitter and the delay plus the jitter. */
  UNIFORM,
  /** The bell curve around the delay, the jitter being its standard deviation. */
  NORMAL,
  /** Mostly a little below the delay, now and then far above it. */
  PARETO
}
