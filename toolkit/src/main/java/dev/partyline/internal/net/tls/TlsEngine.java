package dev.partyline.internal.net.tls;

import dev.partyline.internal.net.StreamChannel;
import dev.partyline.wire.Side;
import dev.partyline.wire.TlsSession;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** The engine of the JDK, whose long computations run on a thread of their own. */
final class TlsEngine {
  private final StreamChannel channel;
  private final TlsSetup tlsSetup;
  private final Side own;
  private @Nullable SSLEngine engine;

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
    SSLEngine newEngine = tlsSetup.tls().engine(own, tlsSetup.host(), tlsSetup.port());
    engine = newEngine;
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
    return TlsFailure.session(get(), own);
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
