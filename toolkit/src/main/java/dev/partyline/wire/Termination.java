package dev.partyline.wire;

/**
 * A line of the close ledger: a side whose direction of a connection ended.
 *
 * @param side whose direction it is
 * @param kind how it ended
 * @param offset how many bytes the side had sent by then
 * @param nanos when it was seen, in nanoseconds after the connection opened
 * @param cause why, as in "cutAfter(512)"; empty if the side did so itself
 */
public record Termination(Side side, TerminationKind kind, long offset, long nanos, String cause) {}
