package dev.partyline.internal.net.tls;

import dev.partyline.internal.net.StreamChannel;
import dev.partyline.tls.CertificateFault;
import dev.partyline.wire.Side;
import dev.partyline.wire.TlsSession;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** The engine of the JDK, whose long computations run on a thread of their own. */
final class TlsEngine {
  private final StreamChannel channel;
  private final TlsSetup tlsSetup;
  private final Side own;
  private @Nullable SSLEngine engine;
  private long startedMillis;

  TlsEngine(StreamChannel channel, TlsSetup tlsSetup, Side own) {
    this.channel = channel;
    this.tlsSetup = tlsSetup;
    this.own = own;
  }

  /** Returns whether it can be started without a long computation: in a JVM that has used TLS. */
  boolean isPrepared() {
    return tlsSetup.preparation().isDone();
  }

  /** Prepares it on another thread; {@code onPrepared} runs on the loop. */
  void prepare(Runnable onPrepared) {
    CompletableFuture<Void> preparation = tlsSetup.preparation();
    // A failure of the preparation shows again when the engine is started.
    var unused = preparation.whenComplete((result, prepareFailure) -> channel.execute(onPrepared));
  }

  /** Starts it; an exception means that our own configuration allows no protocol or cipher. */
  void start() throws SSLException {
    String peerHost = own == Side.CLIENT ? tlsSetup.host() : "";
    SSLEngine newEngine = tlsSetup.tls().engine(own, peerHost, tlsSetup.port());
    engine = newEngine;
    startedMillis = System.currentTimeMillis();
    newEngine.beginHandshake();
  }

  SSLEngine get() {
    return Objects.requireNonNull(engine);
  }

  HandshakeStatus status() {
    return get().getHandshakeStatus();
  }

  /** Returns whether another handshake is in progress after the first one. */
  boolean isRenegotiating() {
    HandshakeStatus status = status();
    return status != HandshakeStatus.NOT_HANDSHAKING
        && status != HandshakeStatus.FINISHED
        && !get().getSession().getProtocol().equals("TLSv1.3")
        && !get().isOutboundDone();
  }

  /** Returns what the two sides have agreed on. */
  TlsSession session() {
    SSLSession session = get().getSession();
    String protocol = get().getApplicationProtocol();
    // JSSE does not tell, but a session that is resumed is older than its connection.
    boolean resumed = session.getCreationTime() < startedMillis;
    return new TlsSession(
        own.peer(),
        session.getProtocol(),
        session.getCipherSuite(),
        protocol == null ? "" : protocol,
        serverName(session),
        resumed);
  }

  /**
   * Returns what is wrong with our certificate for this peer; during a handshake at the earliest
   * when a message of ours was encrypted.
   */
  Optional<CertificateFault> certificateFault() {
    SSLSession handshakeSession = get().getHandshakeSession();
    SSLSession session = handshakeSession == null ? get().getSession() : handshakeSession;
    return tlsSetup.tls().certificateFault(own, serverName(session), tlsSetup.host());
  }

  private String serverName(SSLSession session) {
    List<SNIServerName> names = get().getSSLParameters().getServerNames();
    if (own == Side.SERVER) {
      names =
          session instanceof ExtendedSSLSession extended
              ? extended.getRequestedServerNames()
              : List.of();
    }
    for (SNIServerName name : names == null ? List.<SNIServerName>of() : names) {
      return name instanceof SNIHostName host ? host.getAsciiName() : name.toString();
    }
    return "";
  }

  /** Starts the computations that are due; {@code onDone} runs on the loop. */
  void startTasks(Runnable onDone) {
    SSLEngine owner = get();
    Thread thread = new Thread(() -> runTasks(owner, onDone), "partyline-tls");
    thread.setDaemon(true);
    thread.start();
  }

  private void runTasks(SSLEngine owner, Runnable onDone) {
    try {
      for (Runnable next = owner.getDelegatedTask(); next != null; ) {
        next.run();
        next = owner.getDelegatedTask();
      }
    } finally {
      channel.execute(onDone);
    }
  }
}
