package dev.partyline.peers;

import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partyline.loopback.Client;
import dev.partyline.loopback.Listener;
import dev.partyline.loopback.ListenerSpec;
import dev.partyline.loopback.Tap;
import dev.partyline.script.Script;
import dev.partyline.script.player.EndReason;
import dev.partyline.tls.CertificateSpec;
import dev.partyline.tls.KeyType;
import dev.partyline.tls.Tls;
import dev.partyline.tls.TlsFault;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What clients report about a listener whose TLS is wrong on purpose. */
class TlsFaultsTest {
  private static final Duration SOON = ofSeconds(30);
  private static final Script HELLO =
      Script.parse("C: GET / HTTP/1.1\nC: ...\nC:\nS: HTTP/1.1 200 OK\nS: Content-Length: 0\nS:\n");

  @TempDir private Path folder;

  private String curl(Listener web, String... more) throws IOException {
    Path authority = Files.writeString(folder.resolve("ca.pem"), Tls.standard().trust().pem());
    String url = "https://127.0.0.1:" + web.port() + "/";
    Object[] all = {"-sS", "--max-time", "50", "--cacert", authority, url};
    Object[] arguments = new Object[all.length + more.length];
    System.arraycopy(more, 0, arguments, 0, more.length);
    System.arraycopy(all, 0, arguments, more.length, all.length);
    return Program.run("", "curl", arguments);
  }

  private static Tls failing(String fault) {
    return Tls.standard()
        .failing(
            switch (fault) {
              case "alert" -> TlsFault.fatalAlert("handshake_failure");
              case "garbage" -> TlsFault.garbage();
              case "version" -> TlsFault.wrongVersion();
              default -> TlsFault.closeAfter(Long.parseLong(fault));
            });
  }

  @ParameterizedTest
  @CsvSource({
    "alert, handshake failure",
    "garbage, wrong version number",
    "version, unsupported protocol",
    "0, SSL_connect: ",
    "100, SSL_connect: ",
  })
  void curlReportsWhatItGotInsteadOfAHandshake(String fault, String message) throws IOException {
    try (Listener web = Listener.playing(HELLO).tls(failing(fault)).start()) {
      assertThat(curl(web)).contains(message);
      assertThat(web).within(SOON).endedBecause(EndReason.HANDSHAKE_FAILED);
      assertThat(web.runs().get(0).done()).as("the failure was expected").isTrue();
      assertThat(web.runs().get(0).problem()).contains("on purpose");
    }
  }

  @Test
  void exactlyThisNumberOfBytesIsSentBeforeTheCut() throws Exception {
    for (int bytes : new int[] {0, 1, 5, 77}) {
      Tls cut = Tls.standard().failing(TlsFault.closeAfter(bytes));
      try (Listener web = Listener.playing(HELLO).tls(cut).start();
          Tap tap = Tap.to(web.port()).start()) {
        try (SSLSocket socket =
            (SSLSocket)
                Tls.standard()
                    .trust()
                    .context()
                    .getSocketFactory()
                    .createSocket("127.0.0.1", tap.port())) {
          assertThatThrownBy(socket::startHandshake).isInstanceOf(IOException.class);
        }
        tap.recording().awaitClosed(SOON);
        assertThat(tap.recording().conversations().get(0).byteCount(Side.SERVER)).isEqualTo(bytes);
      }
    }
  }

  @Test
  void aStallIsSilence() throws IOException {
    try (Listener web =
        Listener.playing(HELLO).tls(Tls.standard().failing(TlsFault.noHello())).start()) {
      assertThat(curl(web, "--connect-timeout", "1")).contains("curl: (28)");
      assertThat(web).within(SOON).endedBecause(EndReason.HANDSHAKE_FAILED);
    }
  }

  @Test
  void aStallOfAClientIsSilenceToo() {
    try (Listener silent = Listener.silent().start();
        Client client =
            Client.to(silent.address())
                .playing("C: hello")
                .tls(Tls.standard().failing(TlsFault.noHello()))
                .deadline(Duration.ofMillis(200))
                .start()) {
      assertThat(client).within(SOON).endedBecause(EndReason.HANDSHAKE_FAILED);
      assertThat(client.runs().get(0).done()).as("the failure was expected").isTrue();
      silent.recording().awaitClosed(SOON);
      assertThat(silent).connection(1).client().sentNothing();
    }
  }

  @Test
  void aListenerThatNeverReadsDoesNotAnswerAnEarlyHello() throws IOException {
    byte[] hello = hello();
    try (Listener unresponsive = Listener.neverReading().tls(Tls.standard()).start()) {
      for (int i = 0; i < 10; i++) {
        try (Socket socket = new Socket(unresponsive.host(), unresponsive.port())) {
          socket.getOutputStream().write(hello);
          socket.setSoTimeout(100);
          assertThatThrownBy(() -> socket.getInputStream().read())
              .isInstanceOf(SocketTimeoutException.class);
        }
      }
      assertThat(unresponsive.recording().conversations().get(0).bytes(Side.CLIENT).isEmpty())
          .isTrue();
    }
  }

  private static byte[] hello() {
    try (Listener silent = Listener.silent().start();
        Client client = Client.to(silent.address()).tls(Tls.standard()).start()) {
      silent.recording().awaitBytes(Side.CLIENT, 100, SOON);
      assertThat(client.conversation().tlsSessions()).isEmpty();
      return silent.recording().conversations().get(0).bytes(Side.CLIENT).toArray();
    }
  }

  @Test
  void aClientThatIsStalledFailsByTheDeadline() {
    try (Listener web = Listener.silent().start();
        Client client =
            Client.to(web.address())
                .playing("C: hello")
                .tls(Tls.standard())
                .deadline(Duration.ofMillis(200))
                .start()) {
      assertThat(client).within(SOON).endedBecause(EndReason.HANDSHAKE_FAILED);
      assertThat(client.runs().get(0).problem()).contains("did not agree on TLS within");
    }
  }

  @Test
  void anEndWithoutACloseNotifyIsNoticed() throws IOException {
    Script bye = Script.parse("S: bye\nS! close\n");
    Tls tls = Tls.standard().failing(TlsFault.noCloseNotify());
    try (Listener listener = Listener.playing(bye).tls(tls).start();
        Client client = Client.to(listener.address()).tls(Tls.standard()).start()) {
      client.expectLine("bye");
      assertThat(client.readToEnd().isEmpty()).isTrue();
      Conversation conversation = client.conversation();
      assertThat(conversation.ledger().get(0).cause()).isEqualTo("without a close_notify");
    }
    try (Listener listener = Listener.playing(bye).tls(Tls.standard()).start();
        Client client = Client.to(listener.address()).tls(Tls.standard()).start()) {
      client.expectLine("bye");
      assertThat(client.readToEnd().isEmpty()).isTrue();
      assertThat(client.conversation().ledger().get(0).cause()).isEmpty();
    }
  }

  @Test
  void renegotiationIsRefused() throws IOException {
    Script script = Script.parse("eol lf\nC: hello\nS: hi\n");
    Tls tls = Tls.standard().protocols("TLSv1.2").failing(TlsFault.renegotiationRefused());
    try (Listener listener = Listener.playing(script).tls(tls).start();
        SSLSocket socket =
            (SSLSocket)
                tls.trust()
                    .context()
                    .getSocketFactory()
                    .createSocket("127.0.0.1", listener.port())) {
      socket.setSoTimeout(10_000);
      socket.startHandshake();
      socket.getOutputStream().write('h');
      socket.startHandshake();
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
      assertThat(listener).within(SOON).endedBecause(EndReason.HANDSHAKE_FAILED);
      assertThat(listener.runs().get(0).problem()).contains("renegotiation");
    } catch (SSLException e) {
      assertThat(e).hasMessageNotContaining("timed out");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "expired, expired",
    "notYetValid, not yet valid",
    "selfSigned, self",
    "withoutIntermediate, issuer"
  })
  void curlRefusesACertificateThatIsWrong(String kind, String message) throws IOException {
    CertificateSpec standard = CertificateSpec.standard();
    CertificateSpec wrong =
        switch (kind) {
          case "expired" -> standard.expired();
          case "notYetValid" -> standard.notYetValid();
          case "selfSigned" -> standard.selfSigned();
          default -> standard.withoutIntermediate();
        };
    try (Listener web = Listener.playing(HELLO).tls(Tls.standard().certificate(wrong)).start()) {
      assertThat(curl(web)).contains("curl: (60)").contains(message);
      assertThat(web).within(SOON).endedBecause(EndReason.HANDSHAKE_FAILED);
      assertThat(web.runs().get(0).failed()).isFalse();
    }
  }

  @Test
  void onlyARefusalOfTheWrongCertificateFinishesAScript() throws IOException {
    Tls expired = Tls.standard().certificate(CertificateSpec.standard().expired());
    try (Listener web = Listener.playing(HELLO).tls(expired).start()) {
      String plain = "http://127.0.0.1:" + web.port() + "/";
      assertThat(Program.run("", "curl", "-sS", "--max-time", "50", plain)).contains("curl: (");
      assertThat(web).within(SOON).endedBecause(EndReason.HANDSHAKE_FAILED);
      assertThat(web.runs().get(0).done()).as("no client saw the certificate").isFalse();
    }
    try (Listener web = Listener.playing(HELLO).tls(expired).start()) {
      new Socket(web.host(), web.port()).close();
      assertThat(web).within(SOON).endedBecause(EndReason.HANDSHAKE_FAILED);
      assertThat(web.runs().get(0).done()).as("no client saw the certificate").isFalse();
    }
    try (Listener web = Listener.playing(HELLO).tls(expired.protocols("TLSv1.3")).start()) {
      assertThat(curl(web, "--tls-max", "1.2")).contains("curl: (35)");
      assertThat(web).within(SOON).endedBecause(EndReason.HANDSHAKE_FAILED);
      assertThat(web.runs().get(0).done()).as("no version in common").isFalse();
    }
    try (Listener web = Listener.playing(HELLO).tls(expired).start()) {
      assertThat(curl(web)).contains("curl: (60)");
      assertThat(web).within(SOON).endedBecause(EndReason.HANDSHAKE_FAILED);
      assertThat(web.runs().get(0).done()).as("it was refused").isTrue();
    }
  }

  /** Unlike all others, the client of the JDK sends no alert. */
  @RepeatedTest(5)
  void theClientOfTheJdkRefusesByClosing() {
    Tls expired = Tls.standard().certificate(CertificateSpec.standard().expired());
    try (Listener web = Listener.playing(HELLO).tls(expired).start()) {
      HttpClient client =
          HttpClient.newBuilder().sslContext(Tls.standard().trust().context()).build();
      URI url = URI.create("https://localhost:" + web.port() + "/");
      assertThatThrownBy(
              () -> client.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString()))
          .hasStackTraceContaining("CertificateExpiredException");
      assertThat(web).within(SOON).endedBecause(EndReason.HANDSHAKE_FAILED);
      assertThat(web.runs().get(0).done()).isTrue();
    }
  }

  @Test
  void aCutThatTheHandshakeDoesNotReachFails() throws IOException {
    try (Listener web = Listener.playing(HELLO).tls(failing("1000000")).start()) {
      assertThat(curl(web)).contains("curl: (");
      assertThat(web).within(SOON).endedBecause(EndReason.HANDSHAKE_FAILED);
      assertThat(web.runs().get(0).done()).isFalse();
      assertThat(web.runs().get(0).problem())
          .isEqualTo(
              "TlsFault.closeAfter: a close after 1000000 bytes did not take effect: the"
                  + " handshake takes fewer bytes of the server");
    }
  }

  @Test
  void aServerNameIsSentAndVerifiedOverUnixSockets() {
    Tls server = Tls.standard().certificate(CertificateSpec.standard().forHosts("db.example"));
    ListenerSpec spec =
        Listener.playing("every connection\n  C: hello\n  S: hi\n")
            .over(Transport.UNIX)
            .tls(server);
    try (Listener listener = spec.start()) {
      Tls right = Tls.standard().serverName("db.example");
      try (Client client = Client.to(listener.address()).tls(right).start()) {
        client.sendLine("hello");
        client.expectLine("hi");
        assertThat(client.conversation().tlsSessions().get(0).serverName()).isEqualTo("db.example");
      }
      Tls wrong = Tls.standard().serverName("other.example");
      try (Client client = Client.to(listener.address()).tls(wrong).start()) {
        assertThatThrownBy(() -> client.expectLine("hi"))
            .isInstanceOf(AssertionError.class)
            .hasMessageContaining("other.example");
      }
    }
  }

  @Test
  void aBlockingClientReportsThatThereIsNoTls() {
    try (Listener silent = Listener.silent().start();
        Client client =
            Client.to(silent.address())
                .tls(Tls.standard())
                .deadline(Duration.ofMillis(200))
                .start()) {
      assertThatThrownBy(() -> client.expectLine("hello"))
          .isInstanceOf(AssertionError.class)
          .hasMessageStartingWith(
              "timed out after 200 ms while waiting for \"hello\\r\\n\": the two sides have not"
                  + " agreed on TLS\n");
      assertThatThrownBy(() -> client.sendLine("hello"))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining(": the two sides have not agreed on TLS");
    }
  }

  @Test
  void aCertificateForAnotherHostIsRefused() throws IOException {
    CertificateSpec other = CertificateSpec.standard().forHosts("other.example");
    try (Listener web = Listener.playing(HELLO).tls(Tls.standard().certificate(other)).start()) {
      assertThat(curl(web)).contains("curl: (60)");
    }
  }

  @ParameterizedTest
  @EnumSource
  void anyKindOfKeyWorks(KeyType keys) {
    Tls tls = Tls.standard().certificate(CertificateSpec.standard().keyType(keys));
    try (Listener listener =
            // A large key takes a while on a busy machine.
            Listener.playing("C: hello\nS: hi\n").deadline(SOON).tls(tls).start();
        Client client = Client.to(listener.address()).deadline(SOON).tls(Tls.standard()).start()) {
      client.sendLine("hello");
      client.expectLine("hi");
    }
  }

  @Test
  void aClientMustSendACertificateIfOneIsRequired() {
    Tls strict = Tls.standard().requiringCertificate();
    Tls alice = Tls.standard().certificate(CertificateSpec.standard().forClient("alice"));
    Script script = Script.parse("every connection\n  C: hello\n  S: hi\n");
    try (Listener listener = Listener.playing(script).tls(strict).start()) {
      try (Client client = Client.to(listener.address()).tls(alice).start()) {
        client.sendLine("hello");
        client.expectLine("hi");
      }
      try (Client client = Client.to(listener.address()).tls(Tls.standard()).start()) {
        assertThatThrownBy(() -> client.expectLine("hi"))
            .isInstanceOf(AssertionError.class)
            .hasMessageContaining("did not agree on TLS: the peer sent the alert");
      }
    }
  }

  @Test
  void parametersThatAllowNoHandshakeFailWithoutThePeer() {
    Tls none =
        Tls.standard().protocols("TLSv1.3").cipherSuites("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256");
    try (Listener silent = Listener.silent().start();
        Client client = Client.to(silent.address()).playing("C: hello").tls(none).start()) {
      assertThat(client).within(SOON).endedBecause(EndReason.HANDSHAKE_FAILED);
      assertThat(client.runs().get(0).problem()).contains("No appropriate protocol");
    }
    try (Listener web = Listener.playing(HELLO).tls(none).start();
        Client client = Client.to(web.address()).playing(HELLO).tls(Tls.standard()).start()) {
      assertThat(web).within(SOON).endedBecause(EndReason.HANDSHAKE_FAILED);
      assertThat(web.runs().get(0).problem()).contains("No appropriate protocol");
      assertThat(client).within(SOON).endedBecause(EndReason.HANDSHAKE_FAILED);
    }
    try (Listener web = Listener.playing(HELLO).tls(Tls.standard()).start();
        Tap tap = Tap.to(web.port()).serverTls(none).start();
        Client client = Client.to(tap.address()).playing(HELLO).start()) {
      assertThat(client).within(SOON).endedBecause(EndReason.PEER_RESET);
      assertThat(tap).within(SOON).connection(1).wasResetBy(Side.SERVER);
      assertThat(tap.recording().conversations().get(0).ledger().get(0).cause())
          .contains("No appropriate protocol");
    }
  }
}
