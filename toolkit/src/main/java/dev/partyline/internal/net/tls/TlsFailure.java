package dev.partyline.internal.net.tls;

import dev.partyline.wire.Bytes;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Why the engine has failed, in words. */
final class TlsFailure {
  private static final String ALERT_PREFIX = "Received fatal alert: ";
  private static final String NO_RECORD_PREFIX = "Unrecognized SSL message";
  private static final int EXCERPT_BYTES = 8;

  private TlsFailure() {}

  /** Returns the alert of the peer that TLS has failed by, null if there was none. */
  static @Nullable String alert(SSLException e) {
    String message = String.valueOf(e.getMessage());
    // From JDK 25 on the message starts with the name of the alert.
    int prefixOffset = message.indexOf(ALERT_PREFIX);
    return prefixOffset < 0 ? null : message.substring(prefixOffset + ALERT_PREFIX.length());
  }

  /**
   * Returns why TLS failed: the message of the engine, and its root cause.
   *
   * @param in the bytes that could not be decrypted
   */
  static String describe(SSLException e, ByteBuffer in) {
    String message = messageOf(e);
    if (message.startsWith(NO_RECORD_PREFIX)) {
      Bytes bytes = Bytes.copyOf(in);
      return "what was received is not a TLS record: it starts with \""
          + bytes.slice(0, Math.min(bytes.size(), EXCERPT_BYTES)).escaped()
          + "\"";
    }
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String cause = messageOf(root);
    return message.contains(cause) ? message : message + ": " + cause;
  }

  private static String messageOf(Throwable failure) {
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }
}
