package dev.partyline.internal.net.tls;

import dev.partyline.tls.TlsAlert;
import dev.partyline.wire.Bytes;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** What TLS records tell without their keys (RFC 8446, 5.1). */
public final class PlaintextRecord {
  /** More than any record has, encrypted and with its header (RFC 8446, 5.2). */
  static final int MAX_RECORD_BYTES = 17 << 10;

  /** The first bytes of a handshake record of any version. */
  private static final Bytes HANDSHAKE_PREFIX = Bytes.hex("16 03");

  private static final int ALERT_TYPE = 21;
  private static final int ALERT_RECORD_BYTES = 7;
  private static final int FATAL_LEVEL = 2;

  private PlaintextRecord() {}

  /** Returns whether these bytes start TLS, or are too few to tell. */
  public static boolean canStartHandshake(Bytes bytes) {
    return bytes.size() <= MAX_RECORD_BYTES
        && (bytes.startsWith(HANDSHAKE_PREFIX) || HANDSHAKE_PREFIX.startsWith(bytes));
  }

  /**
   * Returns the name of an alert that is not encrypted, null if the next record is not one. Peers
   * send one when they refuse a certificate, and JSSE only reports then that the record is too
   * short.
   */
  static @Nullable String plaintextAlert(ByteBuffer in) {
    int offset = in.position();
    boolean alert =
        in.remaining() >= ALERT_RECORD_BYTES
            && in.get(offset) == ALERT_TYPE
            && in.getShort(offset + 3) == 2
            && in.get(offset + 5) == FATAL_LEVEL;
    if (!alert) {
      return null;
    }
    return TlsAlert.nameOf(in.get(offset + 6) & 0xff);
  }
}
