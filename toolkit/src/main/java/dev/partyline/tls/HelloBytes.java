package dev.partyline.tls;

import dev.partyline.wire.Bytes;

/** The first messages of a handshake as bytes. */
final class HelloBytes {
  /** It may be the same each time, because nothing is derived from it. */
  private static final String RANDOM = "50617274796c696e6520" + "00".repeat(22);

  private HelloBytes() {}

  /** Returns a fatal alert in plaintext. */
  static Bytes fatalAlert(int description) {
    return Bytes.of(
        (byte) 21, (byte) 3, (byte) 3, (byte) 0, (byte) 2, (byte) 2, (byte) description);
  }

  /** Version 3.0, random, no session, one suite that all implementations had, no compression. */
  static Bytes ssl3ClientHello() {
    return Bytes.hex("16 03 00 00 2d 01 00 00 29 03 00" + RANDOM + "00 0002 000a 01 00");
  }

  /**
   * Version 3.0, random, no session, a suite, no compression. Clients of TLS 1.2 offer this suite,
   * so that only the version is wrong.
   */
  static Bytes ssl3ServerHello() {
    return Bytes.hex("16 03 00 00 2a 02 00 00 26 03 00" + RANDOM + "00 c02b 00");
  }
}
