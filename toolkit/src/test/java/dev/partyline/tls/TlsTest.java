package dev.partyline.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partyline.wire.Side;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TlsTest {
  private static final CertificateSpec ALICE = CertificateSpec.standard().forClient("Alice");

  private final Tls standard = Tls.standard();

  @ParameterizedTest
  @EnumSource(KeyType.class)
  void everyKeyTypeWorksInBothVersions(KeyType keyType) throws SSLException {
    for (String version : new String[] {"TLSv1.3", "TLSv1.2"}) {
      Tls server =
          standard.certificate(CertificateSpec.standard().keyType(keyType)).protocols(version);
      EnginePair enginePair = EnginePair.of(standard, "localhost", server).handshake();
      assertThat(enginePair.client().getSession().getProtocol()).isEqualTo(version);
      assertThat(serverCertificate(enginePair).getPublicKey().getAlgorithm())
          .isEqualTo(keyType == KeyType.ED25519 ? "EdDSA" : keyType.name());
      assertThat(enginePair.receivedBy(Side.SERVER)).isEqualTo("ping");
      assertThat(enginePair.receivedBy(Side.CLIENT)).isEqualTo("pong");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "127.0.0.1", "::1", "[::1]"})
  void theStandardCertificateIsForEveryNameOfThisMachine(String host) throws SSLException {
    assertThat(EnginePair.of(standard, host, standard).handshake().receivedBy(Side.SERVER))
        .isEqualTo("ping");
  }

  @Test
  void theMachinesOwnNameIsOneOfThem() throws SSLException {
    for (String host : HostNames.ofMachine()) {
      EnginePair.of(standard, host, standard).handshake();
    }
    assertThat(HostNames.ofMachine()).startsWith("localhost", "127.0.0.1", "::1");
  }

  @ParameterizedTest
  @CsvSource({
    "elsewhere.example, No subject alternative DNS name matching elsewhere.example found",
    "127.0.0.2, No subject alternative names matching IP address 127.0.0.2 found",
    "::2, No subject alternative names matching IP address"
  })
  void aClientRefusesTheCertificateOfAnotherHost(String host, String words) {
    assertThatThrownBy(() -> EnginePair.of(standard, host, standard).handshake())
        .isInstanceOf(SSLHandshakeException.class)
        .hasMessageContaining(words);
  }

  @ParameterizedTest
  @CsvSource({
    "expired,             validity check failed",
    "notYetValid,         validity check failed",
    "selfSigned,          unable to find valid certification path",
    "withoutIntermediate, unable to find valid certification path"
  })
  void aClientRefusesWhatIsWrongUnlessItTrustsAll(String what, String words) throws Exception {
    CertificateSpec spec =
        (CertificateSpec) CertificateSpec.class.getMethod(what).invoke(CertificateSpec.standard());
    Tls server = standard.certificate(spec);
    assertThatThrownBy(() -> EnginePair.of(standard, "localhost", server).handshake())
        .isInstanceOf(SSLHandshakeException.class)
        .hasMessageContaining(words);
    EnginePair.of(standard.trustingAll(), "elsewhere.example", server).handshake();
  }

  @Test
  void aClientAcceptsTheIntermediateThatIsSent() throws SSLException {
    Tls server = standard.certificate(CertificateSpec.standard().withIntermediate());
    EnginePair enginePair = EnginePair.of(standard, "localhost", server).handshake();
    assertThat(enginePair.client().getSession().getPeerCertificates()).hasSize(2);
  }

  @Test
  void anotherAuthorityCanBeTrustedToo() throws SSLException {
    Tls server = standard.certificate(CertificateSpec.standard().selfSigned());
    X509Certificate certificate =
        TestAuthority.ofJvm().identity(CertificateSpec.standard().selfSigned()).chain().get(0);
    EnginePair.of(standard.trusting(certificate), "localhost", server).handshake();
    EnginePair.of(standard.trusting(certificate), "localhost", standard).handshake();
  }

  @Test
  void aServerRequestsACertificateAndContinuesWithout() throws SSLException {
    Tls server = standard.requestingCertificate();
    EnginePair withoutCertificate = EnginePair.of(standard, "localhost", server).handshake();
    assertThatThrownBy(() -> withoutCertificate.server().getSession().getPeerCertificates())
        .isInstanceOf(SSLPeerUnverifiedException.class);

    EnginePair withCertificate =
        EnginePair.of(standard.certificate(ALICE), "localhost", server).handshake();
    assertThat(withCertificate.server().getSession().getPeerPrincipal()).hasToString("CN=Alice");
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  void aServerThatRequiresACertificateRefusesNoneAndAWrongOne(String version) throws SSLException {
    Tls server = standard.requiringCertificate().protocols(version);
    EnginePair.of(standard.certificate(ALICE), "localhost", server).handshake();
    assertThatThrownBy(() -> EnginePair.of(standard, "localhost", server).handshake())
        .isInstanceOf(SSLHandshakeException.class)
        .hasMessageContaining("Empty client certificate chain");
    assertThatThrownBy(
            () ->
                EnginePair.of(standard.certificate(ALICE.expired()), "localhost", server)
                    .handshake())
        .hasMessageContaining("validity check failed");
    Tls ofServer = standard.certificate(CertificateSpec.standard());
    assertThatThrownBy(() -> EnginePair.of(ofServer, "localhost", server).handshake())
        .hasMessageContaining("Extended key usage does not permit use for TLS client");
  }

  @Test
  void aClientRefusesTheCertificateOfAClient() {
    Tls client = standard.certificate(ALICE);
    assertThatThrownBy(() -> EnginePair.of(standard, "", client).handshake())
        .hasMessageContaining("Extended key usage does not permit use for TLS server");
  }

  @ParameterizedTest
  @CsvSource({"localhost, localhost", "mail.example, mail.example", "127.0.0.1, ", "::1, "})
  void theNameOfTheServerIsSentAndNoAddressIs(String host, String name) throws SSLException {
    EnginePair enginePair = EnginePair.of(standard.trustingAll(), host, standard).handshake();
    ExtendedSSLSession session = (ExtendedSSLSession) enginePair.server().getSession();
    assertThat(session.getRequestedServerNames())
        .isEqualTo(name == null ? List.of() : List.of(new SNIHostName(name)));
  }

  @Test
  void anotherNameCanBeSentAndTheCertificateMayBeForIt() throws SSLException {
    Tls client = standard.serverName("b\u00fccher.example");
    Tls server = standard.certificate(CertificateSpec.standard().forHosts("b\u00fccher.example"));
    EnginePair enginePair = EnginePair.of(client, "127.0.0.1", server).handshake();
    ExtendedSSLSession session = (ExtendedSSLSession) enginePair.server().getSession();
    assertThat(session.getRequestedServerNames())
        .containsExactly(new SNIHostName("xn--bcher-kva.example"));
    assertThatThrownBy(() -> EnginePair.of(client, "127.0.0.3", standard).handshake())
        .hasMessageContaining("127.0.0.3");
  }

  @Test
  void onAUnixDomainSocketNoNameIsCompared() throws SSLException {
    EnginePair.of(standard, "", standard).handshake();
    Tls untrustedServer = standard.certificate(CertificateSpec.standard().selfSigned());
    assertThatThrownBy(() -> EnginePair.of(standard, "", untrustedServer).handshake())
        .hasMessageContaining("unable to find valid certification path");
  }

  @Test
  void bothAgreeOnAnApplicationProtocol() throws SSLException {
    Tls server = standard.alpn("http/1.1", "h2");
    EnginePair enginePair =
        EnginePair.of(standard.alpn("h2", "http/1.1"), "localhost", server).handshake();
    assertThat(enginePair.client().getApplicationProtocol()).isEqualTo("http/1.1");
    assertThat(
            EnginePair.of(standard, "localhost", server)
                .handshake()
                .client()
                .getApplicationProtocol())
        .isEmpty();
    assertThatThrownBy(() -> EnginePair.of(standard.alpn("imap"), "localhost", server).handshake())
        .hasMessageContaining("No matching application layer protocol values");
  }

  @Test
  void aCipherSuiteCanBeChosen() throws SSLException {
    Tls server = standard.cipherSuites("TLS_CHACHA20_POLY1305_SHA256");
    EnginePair enginePair = EnginePair.of(standard, "localhost", server).handshake();
    assertThat(enginePair.client().getSession().getCipherSuite())
        .isEqualTo("TLS_CHACHA20_POLY1305_SHA256");
    Tls rsa =
        standard
            .certificate(CertificateSpec.standard().keyType(KeyType.RSA))
            .protocols("TLSv1.2")
            .cipherSuites("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");
    EnginePair.of(standard, "localhost", rsa).handshake();
    Tls noCommonSuite = rsa.certificate(CertificateSpec.standard());
    assertThatThrownBy(() -> EnginePair.of(standard, "localhost", noCommonSuite).handshake())
        .hasMessageContaining("no cipher suites in common");
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  void a_server_resumes_sessions_unless_that_is_turned_off(String version) throws SSLException {
    Tls server = standard.protocols(version);
    assertThat(certificatesSeen(() -> server)).isEqualTo(1);
    assertThat(certificatesSeen(server::withoutResumption)).isEqualTo(3);
    assertThat(certificatesSeen(server::withNewSessions)).isEqualTo(3);
    assertThat(certificatesSeen(() -> Tls.standard().protocols(version))).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  void a_client_offers_the_session_of_the_same_value_only(String version) throws Exception {
    Tls server = standard.protocols(version);
    Tls client = Tls.standard();
    assertThat(isResumed(client, server)).isFalse();
    assertThat(isResumed(client, server)).isTrue();
    assertThat(isResumed(client.alpn("h2"), server)).as("the same credentials").isTrue();
    assertThat(isResumed(client.withoutResumption(), server)).isFalse();
    assertThat(isResumed(client.withNewSessions(), server)).isFalse();
    assertThat(isResumed(client.certificate(ALICE), server)).isFalse();
    assertThat(isResumed(Tls.standard(), server)).isFalse();
  }

  /** The server of a resumed session sends no certificate. */
  private static boolean isResumed(Tls client, Tls server) throws Exception {
    EnginePair full = EnginePair.of(client.withoutResumption(), "localhost", server).handshake();
    EnginePair enginePair = EnginePair.of(client, "localhost", server).handshake();
    enginePair.client().closeOutbound();
    int savedBytes = full.sentBy(Side.SERVER).size() - enginePair.sentBy(Side.SERVER).size();
    return savedBytes >= serverCertificate(full).getEncoded().length;
  }

  /** Three handshakes of one client. */
  private static int certificatesSeen(Supplier<Tls> servers) throws SSLException {
    AtomicInteger certificates = new AtomicInteger();
    TrustManager countingTrustManager =
        new TrustAllManager() {
          @Override
          public void checkServerTrusted(
              X509Certificate[] chain, String authType, SSLEngine engine) {
            certificates.incrementAndGet();
          }
        };
    SSLContext context = Jsse.context(null, countingTrustManager, TestAuthority.ofJvm());
    for (int i = 0; i < 3; i++) {
      SSLEngine client = context.createSSLEngine("localhost", 443);
      client.setUseClientMode(true);
      SSLEngine server = servers.get().engine(Side.SERVER, "", 0);
      EnginePair.of(client, server).handshake();
      client.closeOutbound();
    }
    return certificates.get();
  }

  @Test
  void whatIsNoNameIsRefusedAtOnce() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> standard.protocols("TLSv1.4"))
        .withMessage("version (TLSv1.4) must be one of TLSv1.3, TLSv1.2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> standard.protocols())
        .withMessage("versions () must be one at least");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> standard.cipherSuites("ROT13"))
        .withMessageStartingWith("cipher suite (ROT13) must be one of TLS_");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> standard.alpn(""))
        .withMessageStartingWith("application protocol () must have 1 to 255");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> standard.serverName("127.0.0.1"))
        .withMessageStartingWith("host (127.0.0.1) must be a name such as mail.example:");
  }

  @Test
  void saysWhatItIs() {
    assertThat(standard)
        .hasToString("TLS: certificate for " + String.join(", ", HostNames.ofMachine()));
    Tls custom =
        standard
            .certificate(CertificateSpec.standard().forHosts("a.example").expired())
            .protocols("TLSv1.2")
            .alpn("h2", "http/1.1")
            .serverName("b.example")
            .requiringCertificate()
            .trustingAll()
            .failing(TlsFault.noCloseNotify());
    assertThat(custom)
        .hasToString(
            "TLS: certificate for a.example, expired, TLSv1.2, alpn h2 http/1.1, sni b.example,"
                + " requiring a certificate, trusting all, failing by"
                + " TlsFault.noCloseNotify: an end without a close_notify");
    assertThat(standard.fault()).isEmpty();
    assertThat(custom.fault()).contains(TlsFault.noCloseNotify());
  }

  @Test
  void preparesOffTheThreadThatMustNotWait() throws Exception {
    standard.prepare().get(20, TimeUnit.SECONDS);
    // CPU time, because other threads may run meanwhile; only the first call shows anything.
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long start = threads.getCurrentThreadCpuTime();
    standard.engine(Side.SERVER, "127.0.0.1", 1);
    // A thousand times what it takes after the preparation.
    assertThat(threads.getCurrentThreadCpuTime() - start)
        .isLessThan(TimeUnit.MILLISECONDS.toNanos(200));
  }

  private static X509Certificate serverCertificate(EnginePair enginePair) throws SSLException {
    return (X509Certificate) enginePair.client().getSession().getPeerCertificates()[0];
  }
}
