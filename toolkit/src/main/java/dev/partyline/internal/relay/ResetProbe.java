package dev.partyline.internal.relay;

import dev.partyline.internal.net.EventLoop;
import dev.partyline.internal.net.Timer;
import dev.partyline.wire.Side;
import java.nio.channels.SelectionKey;

/**
 * Notices that a side of a relay was reset though nobody reads from it, because it has finished or
 * because what it says cannot be passed on.
 *
 * <p>A selector tells such things only to those who wait for something, and to read, or to write,
 * would be possible all the time. But a channel that is connected is never ready to connect, unless
 * it is dead. Looking costs three calls of the system, so it is done ever more rarely.
 */
final class ResetProbe {
  private static final long MIN_DELAY_NANOS = 5_000_000L;
  private static final long MAX_DELAY_NANOS = 500_000_000L;

  private final Relay relay;
  private final EventLoop loop;
  private long delayNanos = MIN_DELAY_NANOS;
  private long probeAtNanos = Timer.NEVER;

  ResetProbe(Relay relay, EventLoop loop) {
    this.relay = relay;
    this.loop = loop;
  }

  /** Returns when to look. */
  long wakeAt() {
    return probeAtNanos;
  }

  /** Begins, goes on or ends, as it is needed. */
  void update() {
    boolean needed = isNeeded(Side.CLIENT) || isNeeded(Side.SERVER);
    if (!needed) {
      probeAtNanos = Timer.NEVER;
    } else if (probeAtNanos == Timer.NEVER) {
      delayNanos = MIN_DELAY_NANOS;
      probeAtNanos = System.nanoTime() + delayNanos;
      relay.updateTimer();
    }
  }

  private boolean isNeeded(Side side) {
    return relay.pump(side).mayHideReset() && relay.canReset(side);
  }

  /** Looks if it is time to. */
  void probe(long now) {
    if (probeAtNanos > now) {
      return;
    }
    boolean client = isNeeded(Side.CLIENT);
    boolean server = isNeeded(Side.SERVER);
    delayNanos = Math.min(2 * delayNanos, MAX_DELAY_NANOS);
    probeAtNanos = client || server ? now + delayNanos : Timer.NEVER;
    setConnectInterest(client, server, true);
    loop.flushCancelledKeys();
    setConnectInterest(client, server, false);
  }

  private void setConnectInterest(boolean client, boolean server, boolean enabled) {
    if (client) {
      relay.setInterest(Side.CLIENT, SelectionKey.OP_CONNECT, enabled);
    }
    if (server) {
      relay.setInterest(Side.SERVER, SelectionKey.OP_CONNECT, enabled);
    }
  }
}
