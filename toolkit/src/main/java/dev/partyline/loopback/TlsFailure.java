package dev.partyline.loopback;

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
  private static final String ALERT = "Received fatal alert: ";
  private static final String NO_RECORD = "Unrecognized SSL message";
  private static final int EXCERPT = 8;

  private TlsFailure() {}

  /** Returns which alert of the peer it was that TLS failed by, null if it was none. */
  static @Nullable String alert(SSLException e) {
    String said = String.valueOf(e.getMessage());
    // From JDK 25 on the name of the alert stands ahead of that, too.
    int at = said.indexOf(ALERT);
    return at < 0 ? null : said.substring(at + ALERT.length());
  }

  /**
   * Returns why TLS failed: what the engine says, and what that came from.
   *
   * @param in what was to be decrypted
   */
  static String of(SSLException e, ByteBuffer in) {
    String said = words(e);
    if (said.startsWith(NO_RECORD)) {
      Bytes came = Bytes.copyOf(in);
      return "what came is no record of TLS: it begins with \""
          + came.slice(0, Math.min(came.size(), EXCERPT)).escaped()
          + "\"";
    }
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String cause = words(root);
    return said.contains(cause) ? said : said + ": " + cause;
  }

  private static String words(Throwable problem) {
    return problem.getMessage() == null ? problem.toString() : problem.getMessage();
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
