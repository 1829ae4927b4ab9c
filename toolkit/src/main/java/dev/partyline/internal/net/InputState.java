package dev.partyline.internal.net;

import java.io.IOException;

/** What the direction from the peer to us has come to. */
public enum InputState {
  OPEN,
  /** A write has reported an RST: after what came before it, a read reports only an end. */
  ERROR_PENDING,
  /** The peer has sent an RST, which no read has reported yet, nor a FIN that came before it. */
  RESET_PENDING,
  /** The peer has sent a FIN. */
  EOF,
  /** The peer has sent an RST. */
  RESET;

  /** Returns the state once a write has failed. */
  public InputState afterWriteError(IOException e) {
    // After a FIN, Linux reports the RST as a broken pipe, and a read still reports the FIN.
    return switch (this) {
      case OPEN -> SocketError.BROKEN_PIPE.matches(e) ? RESET_PENDING : ERROR_PENDING;
      case EOF -> ERROR_PENDING;
      default -> this;
    };
  }

  /** Returns whether the peer is known to have sent an RST. */
  public boolean isReset() {
    return this != OPEN && this != EOF;
  }

  /** Returns whether something may still be read. */
  public boolean isReadable() {
    return this != EOF && this != RESET;
  }
}
