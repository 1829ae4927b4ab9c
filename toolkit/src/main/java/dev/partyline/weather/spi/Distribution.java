package dev.partyline.weather.spi;

/** How the jitter of a delay is spread, in the terms of tc-netem(8). */
public enum Distribution {
  /** Evenly from the delay less the jitter to the delay plus the jitter. */
  UNIFORM {
    @Override
    public double deviation(FaultContext context, long index) {
      return 2 * context.draw(index) - 1;
    }
  },

  /** The bell curve around the delay; the jitter is its standard deviation. */
  NORMAL {
    @Override
    public double deviation(FaultContext context, long index) {
      // Box and Muller 1958; 1 - u is above 0, where the logarithm is finite.
      double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - context.draw(index)));
      return radius * StrictMath.cos(2 * Math.PI * context.draw(index, 1));
    }
  },

  /**
   * Mostly somewhat below the delay, now and then far above it: the jitter times 4/3 of what a
   * Pareto variable of shape 3 deviates from its mean, which is what netem's table {@code pareto}
   * holds.
   */
  PARETO {
    @Override
    public double deviation(FaultContext context, long index) {
      // The table ends where 1 of 4096 draws would lie.
      double tail = Math.max(1 - context.draw(index), 1.0 / 4096);
      return (1 / StrictMath.cbrt(tail) - 1.5) * 4 / 3;
    }
  };

  /** Returns how far a draw lies from the delay, in jitters. */
  public abstract double deviation(FaultContext context, long index);
}
