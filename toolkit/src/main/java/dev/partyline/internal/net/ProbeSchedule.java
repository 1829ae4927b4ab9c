package dev.partyline.internal.net;

/**
 * When to look for a reset that nothing reports: ever more rarely, because a look costs three
 * system calls.
 *
 * <p>A selector reports a reset only with an operation that it watches, and reading or writing
 * would be ready all the time. But a connected channel is never ready to connect, unless it is
 * dead.
 */
public final class ProbeSchedule {
  private static final long MIN_DELAY_NANOS = 5_000_000L;
  private static final long MAX_DELAY_NANOS = 500_000_000L;

  private long delayNanos = MIN_DELAY_NANOS;
  private long probeAtNanos = Timer.NEVER;

  /** Returns when to look, {@link Timer#NEVER} if it has not been started. */
  public long probeAtNanos() {
    return probeAtNanos;
  }

  /** Starts it, unless it has been; returns whether that was necessary. */
  public boolean start(long now) {
    if (probeAtNanos != Timer.NEVER) {
      return false;
    }
    delayNanos = MIN_DELAY_NANOS;
    probeAtNanos = now + delayNanos;
    return true;
  }

  /** Sets the next time, after a look. */
  public void advance(long now) {
    delayNanos = Math.min(2 * delayNanos, MAX_DELAY_NANOS);
    probeAtNanos = now + delayNanos;
  }

  public void stop() {
    probeAtNanos = Timer.NEVER;
  }
}
