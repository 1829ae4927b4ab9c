package dev.partyline.wire;

/**
 * A line of the close ledger: a side whose direction of a connection ended.
 *
 * @param side whose direction it is
 * @param kind how it ended
 * @param offset how many bytes the side had sent by then
 * @param nanos when it was seen, in nanoseconds after the connection opened
 * @param cause why, as in "cut after 512 bytes"; empty if the side ended it itself
 */
public record Termination(Side side, Kind kind, long offset, long nanos, String cause) {
  /** How a side's direction of a connection came to its end. */
  public enum Kind {
    /** The side sent a FIN: it sends nothing more, but may still receive (RFC 9293, 3.6). */
    FIN,
    /** The side sent an RST: it threw the connection away (RFC 9293, 3.5.3). */
    RST,
    /** The side did not answer, or did not go on, in time. */
    TIMED_OUT,
    /** The side could not be reached, because nothing listened at its address. */
    REFUSED,
    /** A fault that the test asked for ended it between the two sides. */
    FAULT
  }
}
