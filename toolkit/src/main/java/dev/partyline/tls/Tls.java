package dev.partyline.tls;

import dev.partyline.tls.PeerCheck.ClientAuth;
import dev.partyline.wire.Side;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * How an end uses TLS: an immutable value; each method returns a changed copy.
 *
 * <p>By default a server presents {@link CertificateSpec#standard()} and requests no certificate, a
 * client presents none and trusts only the test authority, and versions and cipher suites are those
 * of the JVM.
 *
 * <p>Sessions are resumed, as servers and clients do by default (RFC 8446, 2.2; RFC 5077): by a
 * listener and a tap for as long as they run, by clients that were given the same value. {@link
 * #withoutResumption()} turns that off.
 */
public final class Tls {
  private static final Tls STANDARD =
      new Tls(
          new Credentials(TestAuthority.ofJvm(), null, PeerCheck.STANDARD),
          TlsParameters.STANDARD,
          null);

  private final Credentials credentials;
  private final TlsParameters tlsParameters;
  private final @Nullable TlsFault fault;

  private Tls(Credentials credentials, TlsParameters tlsParameters, @Nullable TlsFault fault) {
    this.credentials = credentials;
    this.tlsParameters = tlsParameters;
    this.fault = fault;
  }

  /** Returns the default, with no sessions; no key is generated before it is needed. */
  public static Tls standard() {
    return STANDARD.withNewSessions();
  }

  /**
   * Returns a copy with another certificate, which a server presents, and a client if the server
   * requests one, whatever authorities the server names.
   */
  public Tls certificate(CertificateSpec spec) {
    return with(credentials.withCertificate(spec));
  }

  /**
   * Returns a copy with only these versions.
   *
   * @param versions {@code TLSv1.3} and {@code TLSv1.2}, or one of them; JDKs support no others
   *     unless their security properties are changed
   * @throws IllegalArgumentException if one is something else, or there is none
   */
  public Tls protocols(String... versions) {
    return with(tlsParameters.protocols(versions));
  }

  /**
   * Returns a copy with only these cipher suites, the preferred one first.
   *
   * @param names as in JSSE, such as {@code TLS_AES_128_GCM_SHA256}
   * @throws IllegalArgumentException if the JVM does not support one, or there is none
   */
  public Tls cipherSuites(String... names) {
    return with(tlsParameters.cipherSuites(names));
  }

  /**
   * Returns a copy with these application protocols (RFC 7301), the preferred one first. If the
   * client offers protocols and the server has none of them, it ends the handshake by {@code
   * no_application_protocol}.
   *
   * @param protocols such as {@code h2} and {@code http/1.1}; none to leave out the extension
   * @throws IllegalArgumentException if one is empty or longer than 255 characters
   */
  public Tls alpn(String... protocols) {
    return with(tlsParameters.alpn(protocols));
  }

  /**
   * Returns a copy with the name that a client sends (SNI, RFC 6066, 3) in place of that of the
   * host. The certificate may then be for either.
   *
   * @throws IllegalArgumentException if it is not a name; an address cannot be sent
   */
  public Tls serverName(String name) {
    return with(tlsParameters.serverName(name));
  }

  /** Returns the name that a client sends in place of that of the host, if there is one. */
  public Optional<String> serverName() {
    return Optional.ofNullable(tlsParameters.serverName());
  }

  /** Returns a copy by which a server requests a certificate, and continues without one. */
  public Tls requestingCertificate() {
    return with(credentials.peerCheck().withClientAuth(ClientAuth.WANT));
  }

  /** Returns a copy by which a server ends the handshake if the client presents no certificate. */
  public Tls requiringCertificate() {
    return with(credentials.peerCheck().withClientAuth(ClientAuth.NEED));
  }

  /**
   * Returns a copy that accepts any certificate, whatever its issuer, host and validity.
   *
   * <p>It is meant for peers whose certificate is not what the test is about, such as a container
   * behind a tap, never for code that is released.
   */
  public Tls trustingAll() {
    return with(credentials.peerCheck().trustingAll());
  }

  /** Returns a copy that trusts these authorities, too. */
  public Tls trusting(X509Certificate... authorities) {
    return with(credentials.peerCheck().trusting(authorities));
  }

  /**
   * Returns a copy whose connections all have a full handshake: neither by an id nor by a ticket is
   * a session resumed. Peers still get ids and tickets, which are then refused.
   */
  public Tls withoutResumption() {
    return with(tlsParameters.withoutResumption());
  }

  /** Returns a copy that resumes no session of this one, as after a restart. */
  public Tls withNewSessions() {
    return with(credentials.withNewContexts());
  }

  /** Returns a copy that fails on purpose, in one way at a time. */
  public Tls failing(TlsFault failure) {
    return new Tls(credentials, tlsParameters, failure);
  }

  /** Returns how it fails on purpose, if it does. */
  public Optional<TlsFault> fault() {
    return Optional.ofNullable(fault);
  }

  /**
   * Returns what is wrong on purpose with the certificate that an end presents, if anything is: it
   * is expired, not yet valid, self-signed, without its intermediate, for the other side, or by
   * {@link CertificateSpec#forHosts} for other hosts than the one that the client asked for. A peer
   * that refuses it does what the test asked for, which finishes a script.
   *
   * @param presenter the side that presents it
   * @param serverName the name that the client sent (SNI); empty if it sent none
   * @param address the literal address that the client connected to; empty on Unix domain sockets
   */
  public Optional<CertificateFault> certificateFault(
      Side presenter, String serverName, String address) {
    boolean presents = presenter == Side.SERVER || credentials.hasCertificate();
    return presents
        ? new CertificateReview(presenter, serverName, address).of(credentials.certificate())
        : Optional.empty();
  }

  private Tls with(TlsParameters other) {
    return new Tls(credentials, other, fault);
  }

  private Tls with(PeerCheck other) {
    return with(credentials.withPeerCheck(other));
  }

  private Tls with(Credentials other) {
    return new Tls(other, tlsParameters, fault);
  }

  /** Returns what lets others trust the certificate, unless that is wrong on purpose. */
  public Trust trust() {
    return new Trust(credentials.authority());
  }

  /**
   * Returns a new engine, whose handshake has not started.
   *
   * <p>The first one of a JVM can take half a second, and longer with an RSA key; {@link
   * #prepare()} does that in advance. Later ones take less than a millisecond.
   *
   * @param side which side it is
   * @param peerHost the name or literal address of the peer, which a client compares to the
   *     certificate and, if it is a name, sends; empty if there is none, as on Unix domain sockets
   * @param peerPort the port of the peer
   * @throws TlsException if this JVM does not support what is needed
   */
  public SSLEngine engine(Side side, String peerHost, int peerPort) {
    String host = side == Side.CLIENT ? tlsParameters.hostOrServerName(peerHost) : peerHost;
    SSLContext context =
        tlsParameters.resumption() ? credentials.context(side) : credentials.newContext(side);
    SSLEngine engine = context.createSSLEngine(host, peerPort);
    engine.setUseClientMode(side == Side.CLIENT);
    SSLParameters sslParameters = engine.getSSLParameters();
    tlsParameters.applyTo(sslParameters);
    if (side == Side.CLIENT) {
      tlsParameters.setServerName(sslParameters, host);
      credentials.peerCheck().configureClient(sslParameters, host);
    } else {
      credentials.peerCheck().configureServer(sslParameters);
    }
    engine.setSSLParameters(sslParameters);
    return engine;
  }

  /**
   * Starts to prepare for the first engine, on threads of its own, and returns at once: the first
   * one in a JVM loads JSSE and generates keys, which can take half a second.
   *
   * @return what completes when {@link #engine} takes no more than a millisecond, or fails as that
   *     would
   */
  public CompletableFuture<Void> prepare() {
    return credentials.prepare();
  }

  /** Returns it in words, such as {@code TLS: certificate for localhost, TLSv1.2}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("TLS: certificate ");
    text.append(credentials.certificate()).append(tlsParameters);
    PeerCheck peerCheck = credentials.peerCheck();
    if (peerCheck.clientAuth() != ClientAuth.NONE) {
      text.append(peerCheck.clientAuth() == ClientAuth.WANT ? ", requesting" : ", requiring")
          .append(" a certificate");
    }
    text.append(peerCheck.trustsAll() ? ", trusting all" : "");
    return fault == null ? text.toString() : text.append(", failing by ").append(fault).toString();
  }
}
