package dev.partyline.weather.spi;

import java.nio.ByteBuffer;

/**
 * Something that leaves a pipeline for the peer.
 *
 * @param kind what leaves
 * @param bytes one write, or one datagram; empty unless it is {@link Kind#BYTES}
 * @param cause the fault that ended the stream, such as {@code cut after 512 bytes}; empty if none
 */
public record Delivery(Kind kind, ByteBuffer bytes, String cause) {
  /** What leaves a pipeline. */
  public enum Kind {
    /** Bytes: one write on a stream, one datagram on UDP. */
    BYTES,
    /** The end of this direction: the sender's own, or a fault's if there is a cause. */
    FIN,
    /** The sender has reset the connection. */
    RST,
    /** A fault ends the connection by a FIN in both directions. */
    CUT_FIN,
    /** A fault ends the connection by an RST in both directions. */
    CUT_RST
  }
}
