package dev.partyline.tls;

import dev.partyline.tls.PeerCheck.ClientAuth;
import dev.partyline.wire.Side;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * How an end speaks TLS: an immutable value; each method returns a changed copy.
 *
 * <p>Unless told otherwise a server shows {@link CertificateSpec#standard()} and asks for no
 * certificate, a client shows none and trusts the test authority alone, and versions and cipher
 * suites are those of the JVM.
 *
 * <p>Every connection has a handshake of its own: nothing is ever resumed, since each {@link
 * #engine} has a context of its own, so that what one test has said changes nothing in another.
 */
public final class Tls {
  private static final Tls STANDARD =
      new Tls(TestAuthority.ofJvm(), null, TlsParameters.STANDARD, PeerCheck.STANDARD, null);

  private final TestAuthority authority;
  private final @Nullable CertificateSpec certificate;
  private final TlsParameters tlsParameters;
  private final PeerCheck peerCheck;
  private final @Nullable TlsFault fault;
  private final Lazy<TrustManager> trustManager;
  private final Lazy<CompletableFuture<Void>> preparation = new Lazy<>(this::startPreparation);

  private Tls(
      TestAuthority authority,
      @Nullable CertificateSpec certificate,
      TlsParameters tlsParameters,
      PeerCheck peerCheck,
      @Nullable TlsFault fault) {
    this.authority = authority;
    this.certificate = certificate;
    this.tlsParameters = tlsParameters;
    this.peerCheck = peerCheck;
    this.fault = fault;
    this.trustManager = new Lazy<>(() -> peerCheck.trustManager(authority));
  }

  /** Returns what fits unless told otherwise; no key is made before it is needed. */
  public static Tls standard() {
    return STANDARD;
  }

  /**
   * Returns terms with another certificate: what a server shows, and a client that is asked for
   * one, whatever authorities the server names.
   */
  public Tls certificate(CertificateSpec spec) {
    return new Tls(authority, spec, tlsParameters, peerCheck, fault);
  }

  /**
   * Returns terms with these versions alone.
   *
   * @param versions {@code TLSv1.3} and {@code TLSv1.2}, or one of them; JDKs speak no others
   *     unless their security properties are changed
   * @throws IllegalArgumentException if one is something else, or there is none
   */
  public Tls protocols(String... versions) {
    return with(tlsParameters.protocols(versions));
  }

  /**
   * Returns terms with these cipher suites alone, the one that is liked best first.
   *
   * @param names as JSSE has them, such as {@code TLS_AES_128_GCM_SHA256}
   * @throws IllegalArgumentException if the JVM does not know one, or there is none
   */
  public Tls cipherSuites(String... names) {
    return with(tlsParameters.cipherSuites(names));
  }

  /**
   * Returns terms with these application protocols (RFC 7301), the one that is liked best first. A
   * server that shares none with a client that offers some ends the handshake by {@code
   * no_application_protocol}.
   *
   * @param protocols such as {@code h2} and {@code http/1.1}; none for no word about it
   * @throws IllegalArgumentException if one is empty or longer than 255 characters
   */
  public Tls alpn(String... protocols) {
    return with(tlsParameters.alpn(protocols));
  }

  /**
   * Returns terms with another name that a client sends (SNI, RFC 6066, 3) than that of the host it
   * connects to. The certificate may then be for either.
   *
   * @throws IllegalArgumentException if it is no name; an address cannot be sent
   */
  public Tls serverName(String name) {
    return with(tlsParameters.serverName(name));
  }

  /** Returns the name that a client sends whatever its host is, if there is one. */
  public Optional<String> serverName() {
    return Optional.ofNullable(tlsParameters.serverName());
  }

  /** Returns terms by which a server asks for a certificate, and goes on without. */
  public Tls requestingCertificate() {
    return with(peerCheck.withClientAuth(ClientAuth.WANT));
  }

  /** Returns terms by which a server asks for a certificate, and ends the handshake without. */
  public Tls requiringCertificate() {
    return with(peerCheck.withClientAuth(ClientAuth.NEED));
  }

  /**
   * Returns terms by which any certificate is good, whoever signed it, for whatever host and time.
   *
   * <p>It is meant for peers whose certificate is not what the test is about, such as a container
   * with one of its own behind a tap, never for code that is to be released.
   */
  public Tls trustingAll() {
    return with(peerCheck.trustingAll());
  }

  /** Returns terms by which these authorities are trusted, too. */
  public Tls trusting(X509Certificate... authorities) {
    return with(peerCheck.trusting(authorities));
  }

  /** Returns terms with a failure on purpose; it takes the place of one there was. */
  public Tls failing(TlsFault failure) {
    return new Tls(authority, certificate, tlsParameters, peerCheck, failure);
  }

  /** Returns the failure on purpose, if there is one. */
  public Optional<TlsFault> fault() {
    return Optional.ofNullable(fault);
  }

  /**
   * Returns whether something is wrong on purpose with the certificate, for which every peer is to
   * refuse it: it is expired, not yet valid, self-signed or without its intermediate. That is what
   * the test has asked for, and finishes a script. A certificate for another host is not wrong by
   * itself, so that its refusal is not meant here.
   */
  public boolean isRefusable() {
    return certificate != null && !certificate.refusals().isEmpty();
  }

  /**
   * Returns whether a peer that sends this alert refuses what is {@linkplain #isRefusable wrong on
   * purpose}; some, such as {@code java.net.http}, send none and hang up.
   *
   * @param alert its name as the RFCs write it, such as {@code certificate_expired}
   */
  public boolean isRefusal(String alert) {
    return certificate != null
        && certificate.refusals().stream().anyMatch(each -> each.hasName(alert));
  }

  private Tls with(TlsParameters other) {
    return new Tls(authority, certificate, other, peerCheck, fault);
  }

  private Tls with(PeerCheck other) {
    return new Tls(authority, certificate, tlsParameters, other, fault);
  }

  /** Returns what makes others trust what this end shows, unless that is wrong on purpose. */
  public Trust trust() {
    return new Trust(authority);
  }

  /**
   * Returns a new engine on these terms; its handshake has not begun.
   *
   * <p>The first one of a JVM can take half a second, and longer with an RSA key; {@link
   * #prepare()} has that happen elsewhere. Later ones take less than a millisecond.
   *
   * @param side the role that it plays
   * @param peerHost the name or literal address of the other, which a client compares to the
   *     certificate and, if it is a name, sends; empty if there is none, as on Unix domain sockets
   * @param peerPort the port of the other
   * @throws TlsException if this JVM cannot do what it takes
   */
  public SSLEngine engine(Side side, String peerHost, int peerPort) {
    String host = side == Side.CLIENT ? tlsParameters.hostOrServerName(peerHost) : peerHost;
    SSLEngine engine =
        Jsse.context(identity(side), trustManager.get(), authority).createSSLEngine(host, peerPort);
    engine.setUseClientMode(side == Side.CLIENT);
    SSLParameters sslParameters = engine.getSSLParameters();
    tlsParameters.applyTo(sslParameters);
    if (side == Side.CLIENT) {
      tlsParameters.setServerName(sslParameters, host);
      peerCheck.configureClient(sslParameters, host);
    } else {
      peerCheck.configureServer(sslParameters);
    }
    engine.setSSLParameters(sslParameters);
    return engine;
  }

  /**
   * Begins to make ready what the first engines on these terms take, on threads of its own, and
   * returns at once: the first in a JVM loads JSSE and makes keys, which can take half a second.
   *
   * @return what is done when {@link #engine} takes no more than a millisecond, or has failed as
   *     that would; a server need not wait for it in order to listen, only to answer
   */
  public CompletableFuture<Void> prepare() {
    return preparation.get();
  }

  private CompletableFuture<Void> startPreparation() {
    CompletableFuture<Void> completion = new CompletableFuture<>();
    runOnNewThread(() -> runPreparation(completion));
    return completion;
  }

  private void runPreparation(CompletableFuture<Void> completion) {
    try {
      // The two have little in common, and a machine has more than one core.
      CompletableFuture<Void> jsseLoad =
          CompletableFuture.runAsync(Jsse::preload, Tls::runOnNewThread);
      identity(Side.SERVER);
      jsseLoad.join();
      engine(Side.SERVER, "", 0);
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

  private @Nullable Identity identity(Side side) {
    if (side == Side.SERVER) {
      return authority.identity(certificate == null ? CertificateSpec.standard() : certificate);
    }
    return certificate == null ? null : authority.identity(certificate);
  }

  /** Returns the terms in words, such as {@code TLS: certificate for localhost, TLSv1.2}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("TLS: certificate ");
    text.append(certificate == null ? CertificateSpec.standard() : certificate)
        .append(tlsParameters);
    if (peerCheck.clientAuth() != ClientAuth.NONE) {
      text.append(peerCheck.clientAuth() == ClientAuth.WANT ? ", asking" : ", requiring")
          .append(" a certificate");
    }
    text.append(peerCheck.trustsAll() ? ", trusting anyone" : "");
    return fault == null ? text.toString() : text.append(", failing by ").append(fault).toString();
  }
}
