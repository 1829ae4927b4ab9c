package dev.partyline.internal.net.tls;

/** What our end of TLS has come to: one state for each of four questions. */
final class TlsState {
  private TlsState() {}

  /** Whether data can be written. */
  enum Handshake {
    RUNNING,
    DONE
  }

  /** Whether the engine can read now. */
  enum Readiness {
    READY,
    /** A long computation of the engine runs on a thread of its own. */
    WAITING_FOR_TASK,
    /** The engine has to send something before it can read more. */
    WAITING_FOR_FLUSH
  }

  /** What the peer's direction has come to. */
  enum Input {
    OPEN,
    /** It ended with a close_notify (RFC 8446, 6.1). */
    CLOSED,
    /** It ended without one, so that something may be missing. */
    TRUNCATED
  }

  /** What our direction has come to. */
  enum Output {
    OPEN,
    CLOSE_NOTIFY_WANTED,
    FIN_WANTED,
    SHUT;

    boolean isEndWanted() {
      return this == CLOSE_NOTIFY_WANTED || this == FIN_WANTED;
    }
  }
}
