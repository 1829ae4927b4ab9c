package dev.partyline.script.player;

/** Why a player ended. */
public enum EndReason {
  /** Everything in its script was said and met. */
  FINISHED("finished its script"),
  /** The peer sent a byte that can no longer fit. */
  WRONG_BYTES("wrong bytes"),
  /** The peer went on after the end of the script. */
  EXTRA_BYTES("extra bytes"),
  /** The script has no block for one more connection. */
  EXTRA_CONNECTION("extra connection"),
  /** Time ran out before what was expected came. */
  TIMED_OUT("timed out"),
  /** A pattern took too many steps to match, or a pass of {@code repeat} would never end. */
  TOO_COMPLEX("too complex"),
  /** The peer sent a FIN where the script expects more. */
  PEER_FINISHED("peer finished"),
  /** The peer sent an RST where the script expects more. */
  PEER_RESET("peer reset"),
  /** Nobody listened where the client connected to. */
  REFUSED("refused"),
  /** The two sides did not agree on TLS (RFC 8446, 4), or it broke. */
  HANDSHAKE_FAILED("handshake failed"),
  /** The test closed its end first. */
  STOPPED("stopped");

  private final String text;

  EndReason(String text) {
    this.text = text;
  }

  /** Returns the reason in the words that a failure uses. */
  @Override
  public String toString() {
    return text;
  }
}
