package dev.partyline.internal.relay;

import dev.partyline.internal.net.Timer;
import dev.partyline.wire.Side;

/**
 * Notices that a side of a relay was reset while nothing is read from it, because it has sent a FIN
 * or because its bytes cannot be passed on.
 *
 * <p>A selector reports a reset only with an operation that it watches, and reading or writing
 * would be ready all the time. But a connected channel is never ready to connect, unless it is
 * dead. A probe costs three system calls, so it is done ever more rarely.
 */
final class ResetProbe {
  private static final long MIN_DELAY_NANOS = 5_000_000L;
  private static final long MAX_DELAY_NANOS = 500_000_000L;

  private final RelayCore relay;
  private final RelayIo io;
  private long delayNanos = MIN_DELAY_NANOS;
  private long probeAtNanos = Timer.NEVER;

  ResetProbe(RelayCore relay, RelayIo io) {
    this.relay = relay;
    this.io = io;
  }

  /** Returns when to probe. */
  long wakeAt() {
    return probeAtNanos;
  }

  /** Starts, continues or ends, as needed. */
  void update() {
    boolean needed = isNeeded(Side.CLIENT) || isNeeded(Side.SERVER);
    if (!needed) {
      probeAtNanos = Timer.NEVER;
    } else if (probeAtNanos == Timer.NEVER) {
      delayNanos = MIN_DELAY_NANOS;
      probeAtNanos = relay.now() + delayNanos;
      relay.updateTimer();
    }
  }

  private boolean isNeeded(Side side) {
    return relay.isConnected(side) && relay.pump(side).mayHideReset() && io.canProbe(side);
  }

  /** Probes if it is time to. */
  void probe(long now) {
    if (probeAtNanos > now) {
      return;
    }
    boolean client = isNeeded(Side.CLIENT);
    boolean server = isNeeded(Side.SERVER);
    delayNanos = Math.min(2 * delayNanos, MAX_DELAY_NANOS);
    probeAtNanos = client || server ? now + delayNanos : Timer.NEVER;
    io.probe(client, server);
  }
}
