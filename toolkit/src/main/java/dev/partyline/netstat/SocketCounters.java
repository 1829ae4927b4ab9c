package dev.partyline.netstat;

/**
 * What the kernel counts for a socket (its Documentation/networking/proc_net_tcp.rst).
 *
 * @param timer which one runs: 0 none, 1 retransmission, 2 another one, mostly keepalive, 3 that of
 *     TIME_WAIT, 4 the probe of a zero window
 * @param timerCentis the time until the timer fires, in hundredths of a second
 */
record SocketCounters(
    long receiveQueue, long sendQueue, int timer, long timerCentis, long retransmits, long probes) {
  static final int RETRANSMISSION = 1;
  static final int TIME_WAIT = 3;
  static final int PROBE = 4;

  static final SocketCounters NONE = new SocketCounters(0, 0, 0, 0, 0, 0);

  /** Returns the word of {@code netstat -o} for the timer. */
  String timerName() {
    return switch (timer) {
      case 0 -> "off";
      case RETRANSMISSION -> "on";
      case 2 -> "keepalive";
      case TIME_WAIT -> "timewait";
      case PROBE -> "probe";
      default -> "unkn-" + timer;
    };
  }
}
