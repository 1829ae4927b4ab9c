package dev.partyline.netstat;

/**
 * What only a Unix domain socket has.
 *
 * @param number what distinguishes sockets without an inode; 0 if the kernel hides it
 */
record UnixSocket(long number, long referenceCount, long flags, int type, int state) {
  private static final int UNCONNECTED = 1;
  private static final int CONNECTING = 2;
  private static final long ACCEPTING_FLAG = 1L << 16;

  static final UnixSocket CONNECTED_STREAM = new UnixSocket(0, 0, 0, 1, 3);

  boolean isListening() {
    return state == UNCONNECTED && (flags & ACCEPTING_FLAG) != 0;
  }

  boolean isConnecting() {
    return state == CONNECTING;
  }

  String flagWords() {
    return (flags & ACCEPTING_FLAG) != 0 ? "[ ACC ]" : "[ ]";
  }

  /** Returns netstat's word for the type. */
  String typeName() {
    return switch (type) {
      case 1 -> "STREAM";
      case 2 -> "DGRAM";
      case 3 -> "RAW";
      case 4 -> "RDM";
      case 5 -> "SEQPACKET";
      default -> "UNKNOWN";
    };
  }

  /** Returns netstat's word for the state; empty if it is neither connected nor listens. */
  String stateName() {
    return switch (state) {
      case 0 -> "FREE";
      case UNCONNECTED -> isListening() ? "LISTENING" : "";
      case CONNECTING -> "CONNECTING";
      case 3 -> "CONNECTED";
      case 4 -> "DISCONNECTING";
      default -> "UNKNOWN";
    };
  }
}
