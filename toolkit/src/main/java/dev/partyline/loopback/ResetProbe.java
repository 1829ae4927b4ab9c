package dev.partyline.loopback;

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
  private static final long SHORTEST = 5_000_000L;
  private static final long LONGEST = 500_000_000L;

  private final Relay relay;
  private final EventLoop loop;
  private long pause = SHORTEST;
  private long at = Timer.NEVER;

  ResetProbe(Relay relay, EventLoop loop) {
    this.relay = relay;
    this.loop = loop;
  }

  /** Returns when to look. */
  long wakeAt() {
    return at;
  }

  /** Begins, goes on or ends, as it is needed. */
  void update() {
    boolean needed = isNeeded(Side.CLIENT) || isNeeded(Side.SERVER);
    if (!needed) {
      at = Timer.NEVER;
    } else if (at == Timer.NEVER) {
      pause = SHORTEST;
      at = System.nanoTime() + pause;
      relay.updateTimer();
    }
  }

  private boolean isNeeded(Side side) {
    return relay.from(side).isUnheard() && relay.canReset(side);
  }

  /** Looks if it is time to. */
  void look(long now) {
    if (at > now) {
      return;
    }
    boolean client = isNeeded(Side.CLIENT);
    boolean server = isNeeded(Side.SERVER);
    pause = Math.min(2 * pause, LONGEST);
    at = client || server ? now + pause : Timer.NEVER;
    ask(client, server, true);
    loop.sweep();
    ask(client, server, false);
  }

  private void ask(boolean client, boolean server, boolean on) {
    if (client) {
      relay.want(Side.CLIENT, SelectionKey.OP_CONNECT, on);
    }
    if (server) {
      relay.want(Side.SERVER, SelectionKey.OP_CONNECT, on);
    }
  }
}
