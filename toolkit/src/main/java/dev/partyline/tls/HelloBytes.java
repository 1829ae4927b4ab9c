package dev.partyline.tls;

import dev.partyline.wire.Bytes;

/** First messages of a handshake, as bytes. */
final class HelloBytes {
  /** Nothing is derived from it, so that it may be the same each time. */
  private static final String RANDOM = "50617274796c696e6520" + "00".repeat(22);

  private HelloBytes() {}

  /** A fatal alert, in clear. */
  static Bytes fatalAlert(int description) {
    return Bytes.of(
        (byte) 21, (byte) 3, (byte) 3, (byte) 0, (byte) 2, (byte) 2, (byte) description);
  }

  /** SSL 3.0: version, random, no session, one suite that all had, no compression. */
  static Bytes ssl3ClientHello() {
    return Bytes.hex("16 03 00 00 2d 01 00 00 29 03 00" + RANDOM + "00 0002 000a 01 00");
  }

  /**
   * SSL 3.0: version, random, no session, a suite, no compression. The suite is one that clients of
   * TLS 1.2 offer, so that nothing but the version is wrong.
   */
  static Bytes ssl3ServerHello() {
    return Bytes.hex("16 03 00 00 2a 02 00 00 26 03 00" + RANDOM + "00 c02b 00");
  }
}
