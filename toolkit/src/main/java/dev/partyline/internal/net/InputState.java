package dev.partyline.internal.net;

/** What the direction from the peer to us has come to. */
public enum InputState {
  OPEN,
  /** A write has reported an RST: after what came before it, a read reports only an end. */
  ERROR_PENDING,
  /** The peer has sent a FIN. */
  EOF,
  /** The peer has sent an RST. */
  RESET;

  /** Returns whether something may still be read. */
  public boolean isReadable() {
    return this == OPEN || this == ERROR_PENDING;
  }
}
