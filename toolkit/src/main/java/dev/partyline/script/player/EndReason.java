package dev.partyline.script.player;

/** Why a player ended. */
public enum EndReason {
  /** Everything in its script was sent and matched. */
  FINISHED("finished its script"),
  /** The peer sent a byte that cannot match. */
  WRONG_BYTES("wrong bytes"),
  /** The peer sent more after the end of the script. */
  EXTRA_BYTES("extra bytes"),
  /** The script has no block for one more connection. */
  EXTRA_CONNECTION("extra connection"),
  /** Time ran out before what was expected was received. */
  TIMED_OUT("timed out"),
  /** A pattern took too many steps to match, or a pass of {@code repeat} would never end. */
  TOO_COMPLEX("too complex"),
  /** The peer sent a FIN where the script expects more. */
  PEER_FIN("peer sent FIN"),
  /** The peer sent an RST where the script expects more. */
  PEER_RESET("peer sent RST"),
  /** The connection was refused: nothing listens at the address. */
  REFUSED("refused"),
  /** The TLS handshake failed (RFC 8446, 4), or TLS broke later. */
  HANDSHAKE_FAILED("handshake failed"),
  /** The test closed its end first, or what it waited for cannot happen any more. */
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
