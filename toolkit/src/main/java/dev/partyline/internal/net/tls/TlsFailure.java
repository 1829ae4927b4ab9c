package dev.partyline.internal.net.tls;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.Side;
import dev.partyline.wire.TlsSession;
import java.nio.ByteBuffer;
import java.util.List;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** What came of a handshake, in words. */
final class TlsFailure {
  private static final String ALERT_PREFIX = "Received fatal alert: ";
  private static final String NO_RECORD_PREFIX = "Unrecognized SSL message";
  private static final int EXCERPT_BYTES = 8;

  private TlsFailure() {}

  /** Returns which alert of the peer it was that TLS failed by, null if it was none. */
  static @Nullable String alert(SSLException e) {
    String message = String.valueOf(e.getMessage());
    // From JDK 25 on the name of the alert stands ahead of that, too.
    int prefixOffset = message.indexOf(ALERT_PREFIX);
    return prefixOffset < 0 ? null : message.substring(prefixOffset + ALERT_PREFIX.length());
  }

  /**
   * Returns why TLS failed: what the engine says, and what that came from.
   *
   * @param in what was to be decrypted
   */
  static String describe(SSLException e, ByteBuffer in) {
    String message = messageOf(e);
    if (message.startsWith(NO_RECORD_PREFIX)) {
      Bytes bytes = Bytes.copyOf(in);
      return "what came is no record of TLS: it begins with \""
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

  /** Returns what was agreed on. */
  static TlsSession session(SSLEngine engine, Side own) {
    SSLSession session = engine.getSession();
    String protocol = engine.getApplicationProtocol();
    return new TlsSession(
        own.peer(),
        session.getProtocol(),
        session.getCipherSuite(),
        protocol == null ? "" : protocol,
        serverName(engine, own));
  }

  private static String serverName(SSLEngine engine, Side own) {
    List<SNIServerName> names = engine.getSSLParameters().getServerNames();
    if (own == Side.SERVER) {
      names =
          engine.getSession() instanceof ExtendedSSLSession extended
              ? extended.getRequestedServerNames()
              : List.of();
    }
    for (SNIServerName name : names == null ? List.<SNIServerName>of() : names) {
      return name instanceof SNIHostName host ? host.getAsciiName() : name.toString();
    }
    return "";
  }
}
