package dev.partyline.loopback;

import dev.partyline.tls.TlsAlert;
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
  private static final String ALERT = "Received fatal alert: ";
  private static final String SENT = "the peer sent the alert ";
  private static final int ALERT_TYPE = 21;
  private static final int ALERT_RECORD = 7;
  private static final int FATAL = 2;

  private TlsFailure() {}

  /** Returns why TLS failed: what the engine says, and what that came from. */
  static String of(SSLException e) {
    String said = String.valueOf(e.getMessage());
    int at = said.indexOf(ALERT);
    if (at >= 0) {
      // From JDK 25 on the name of the alert stands ahead of it too.
      return SENT + said.substring(at + ALERT.length());
    }
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String cause = String.valueOf(root.getMessage());
    return said.contains(cause) ? said : said + ": " + cause;
  }

  /**
   * Returns what an alert says that is not encrypted, null if the next record is none. Peers send
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
    int description = in.get(at + 6) & 0xff;
    return SENT + TlsAlert.of(description).map(TlsAlert::toString).orElse("" + description);
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
