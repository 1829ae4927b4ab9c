package dev.partyline.view.tls;

import dev.partyline.internal.text.Quantity;
import dev.partyline.wire.Side;

/**
 * A record of TLS, by its header (RFC 8446, 5.1).
 *
 * @param side who sent it
 * @param offset the offset of its header in what the side sent
 * @param type its content type as a number: 20 to 24
 * @param version the version in its header, which is 0x0303 for TLS 1.3, too
 * @param length how many bytes follow the five of the header
 */
public record TlsRecord(Side side, long offset, int type, int version, int length) {
  static final int HEADER_BYTES = 5;

  /** Returns the offset after its last byte. */
  public long endOffset() {
    return offset + HEADER_BYTES + length;
  }

  /** Returns the content type by its name in the RFCs, such as {@code handshake}. */
  public String typeName() {
    return switch (type) {
      case 20 -> "change_cipher_spec";
      case 21 -> "alert";
      case 22 -> "handshake";
      case 23 -> "application_data";
      default -> "heartbeat";
    };
  }

  /** Returns it as a line, such as {@code client 0: handshake, TLSv1.2, 512 bytes}. */
  @Override
  public String toString() {
    return side
        + " "
        + offset
        + ": "
        + typeName()
        + ", "
        + TlsCodes.version(version)
        + ", "
        + Quantity.of(length, "byte");
  }
}
