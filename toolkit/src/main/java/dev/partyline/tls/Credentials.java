package dev.partyline.tls;

import dev.partyline.wire.Side;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * What an end presents and trusts, with the contexts of JSSE that are made of it: connections of
 * one context resume each other's sessions.
 */
final class Credentials {
  private final TestAuthority authority;
  private final @Nullable CertificateSpec certificate;
  private final PeerCheck peerCheck;
  private final Lazy<TrustManager> trustManager;
  private final Lazy<CompletableFuture<Void>> preparation;
  private final Map<Side, Lazy<SSLContext>> contexts =
      Map.of(
          Side.CLIENT, new Lazy<>(() -> newContext(Side.CLIENT)),
          Side.SERVER, new Lazy<>(() -> newContext(Side.SERVER)));

  /**
   * Makes them.
   *
   * @param certificate what it presents; null for the standard at a server and none at a client
   */
  Credentials(TestAuthority authority, @Nullable CertificateSpec certificate, PeerCheck peerCheck) {
    this.authority = authority;
    this.certificate = certificate;
    this.peerCheck = peerCheck;
    this.trustManager = new Lazy<>(() -> peerCheck.trustManager(authority));
    this.preparation = new Lazy<>(this::startPreparation);
  }

  private Credentials(Credentials original) {
    this.authority = original.authority;
    this.certificate = original.certificate;
    this.peerCheck = original.peerCheck;
    this.trustManager = original.trustManager;
    this.preparation = original.preparation;
  }

  Credentials withCertificate(CertificateSpec spec) {
    return new Credentials(authority, spec, peerCheck);
  }

  Credentials withPeerCheck(PeerCheck other) {
    return new Credentials(authority, certificate, other);
  }

  /** Returns the same with contexts of its own, so that no session of these is resumed. */
  Credentials withNewContexts() {
    return new Credentials(this);
  }

  TestAuthority authority() {
    return authority;
  }

  /** Returns what a server presents, and a client if it has a certificate. */
  CertificateSpec certificate() {
    return certificate == null ? CertificateSpec.standard() : certificate;
  }

  boolean hasCertificate() {
    return certificate != null;
  }

  PeerCheck peerCheck() {
    return peerCheck;
  }

  /** Returns the context that all connections of a side share. */
  SSLContext context(Side side) {
    Lazy<SSLContext> context = contexts.get(side);
    return context == null ? newContext(side) : context.get();
  }

  /** Returns a context without any session. */
  SSLContext newContext(Side side) {
    boolean presents = side == Side.SERVER || certificate != null;
    Identity identity = presents ? authority.identity(certificate()) : null;
    return Jsse.context(identity, trustManager.get(), authority);
  }

  /** Prepares for the first engine; see {@link Tls#prepare}. */
  CompletableFuture<Void> prepare() {
    return preparation.get();
  }

  private CompletableFuture<Void> startPreparation() {
    CompletableFuture<Void> completion = new CompletableFuture<>();
    runOnNewThread(() -> runPreparation(completion));
    return completion;
  }

  private void runPreparation(CompletableFuture<Void> completion) {
    try {
      // Loading and generating keys have little in common, and can use two cores.
      CompletableFuture<Void> jsseLoad =
          CompletableFuture.runAsync(Jsse::preload, Credentials::runOnNewThread);
      authority.identity(certificate());
      jsseLoad.join();
      newContext(Side.SERVER).createSSLEngine();
      completion.complete(null);
    } catch (RuntimeException | Error e) {
      completion.completeExceptionally(e);
    }
  }

  private static void runOnNewThread(Runnable task) {
    Thread thread = new Thread(task, "partyline-tls");
    thread.setDaemon(true);
    thread.start();
  }
}
