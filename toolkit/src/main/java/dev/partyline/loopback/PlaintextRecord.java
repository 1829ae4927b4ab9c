package dev.partyline.loopback;

import dev.partyline.tls.TlsAlert;
import dev.partyline.wire.Bytes;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** What can be told of records of TLS without their keys (RFC 8446, 5.1). */
final class PlaintextRecord {
  /** More than any has, encrypted and with what stands ahead of it (RFC 8446, 5.2). */
  static final int LONGEST = 17 << 10;

  /** What those of a handshake begin with, whatever the version. */
  private static final Bytes HANDSHAKE = Bytes.hex("16 03");

  private static final int ALERT_TYPE = 21;
  private static final int ALERT_RECORD = 7;
  private static final int FATAL = 2;

  private PlaintextRecord() {}

  /** Returns whether a peer that says this begins TLS by it, or may yet begin. */
  static boolean canBegin(Bytes said) {
    return said.size() <= LONGEST && (said.startsWith(HANDSHAKE) || HANDSHAKE.startsWith(said));
  }

  /**
   * Returns the name of an alert that is not encrypted, null if the next record is none. Peers send
   * one when they refuse a certificate, and JSSE only says then that the record is too short.
   */
  static @Nullable String alertInClear(ByteBuffer in) {
    int at = in.position();
    boolean alert =
        in.remaining() >= ALERT_RECORD
            && in.get(at) == ALERT_TYPE
            && in.getShort(at + 3) == 2
            && in.get(at + 5) == FATAL;
    if (!alert) {
      return null;
    }
    return TlsAlert.nameOf(in.get(at + 6) & 0xff);
  }
}
