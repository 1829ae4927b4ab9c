package dev.partyline.internal.relay;

import dev.partyline.internal.net.ProbeSchedule;
import dev.partyline.wire.Side;

/**
 * Notices that a side of a relay was reset while nothing is read from it, because it has sent a FIN
 * or because its bytes cannot be passed on.
 */
final class ResetProbe {
  private final RelayCore relay;
  private final RelayIo io;
  private final ProbeSchedule schedule = new ProbeSchedule();

  ResetProbe(RelayCore relay, RelayIo io) {
    this.relay = relay;
    this.io = io;
  }

  /** Returns when to probe. */
  long wakeAt() {
    return schedule.probeAtNanos();
  }

  /** Starts, continues or ends, as needed. */
  void update() {
    boolean needed = isNeeded(Side.CLIENT) || isNeeded(Side.SERVER);
    if (!needed) {
      schedule.stop();
    } else if (schedule.start(relay.now())) {
      relay.updateTimer();
    }
  }

  private boolean isNeeded(Side side) {
    return relay.isConnected(side) && relay.pump(side).mayHideReset() && io.canProbe(side);
  }

  /** Probes if it is time to. */
  void probe(long now) {
    if (schedule.probeAtNanos() > now) {
      return;
    }
    boolean client = isNeeded(Side.CLIENT);
    boolean server = isNeeded(Side.SERVER);
    if (client || server) {
      schedule.advance(now);
    } else {
      schedule.stop();
    }
    io.probe(client, server);
  }
}
