package dev.partyline.internal.net;

/** What the direction from us to the peer has come to. */
public enum OutputState {
  OPEN,
  /** Our FIN is sent as soon as everything before it was sent. */
  SHUT_WANTED,
  /** Our FIN was sent. */
  SHUT
}
