package dev.partyline.peers;

import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partyline.loopback.Client;
import dev.partyline.loopback.Listener;
import dev.partyline.loopback.ListenerSpec;
import dev.partyline.loopback.Tap;
import dev.partyline.script.Script;
import dev.partyline.script.player.EndReason;
import dev.partyline.script.transcript.Transcript;
import dev.partyline.tls.CertificateSpec;
import dev.partyline.tls.Tls;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Side;
import dev.partyline.wire.TlsSession;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real programs use TLS with a listener, and read what its script sends. */
class TlsListenerTest {
  private static final Duration SOON = ofSeconds(30);
  private static final Script HELLO =
      Script.parse(
          """
          every connection
            C: GET / HTTP/1.1
            C: ...
            C:
            S: HTTP/1.1 200 OK
            S: Content-Length: ${body-length}
            S:
            S| hello
          """);

  @TempDir private Path folder;

  private Path authority() throws IOException {
    return Files.writeString(folder.resolve("ca.pem"), Tls.standard().trust().pem());
  }

  @Test
  void curlReadsWhatTheScriptSends() throws IOException {
    try (Listener web = Listener.playing(HELLO).tls(Tls.standard()).start()) {
      String url = "https://127.0.0.1:" + web.port() + "/";
      assertThat(Program.run("", "curl", "-sS", "--cacert", authority(), url)).isEqualTo("hello");
      assertThat(web).within(SOON).client().sentLine("GET / HTTP/1.1");
      assertThat(web).within(SOON).finishedScript();
      TlsSession session = web.recording().conversations().get(0).tlsSessions().get(0);
      assertThat(session.peer()).isEqualTo(Side.CLIENT);
      assertThat(session.version()).isEqualTo("TLSv1.3");
    }
  }

  @Test
  void theClientOfTheJdkKeepsItsConnection() throws IOException, InterruptedException {
    Script twice =
        Script.parse(
            """
            repeat
              C: GET / HTTP/1.1
              C: ...
              C:
              S: HTTP/1.1 200 OK
              S: Content-Length: ${body-length}
              S:
              S| hello
            """);
    Tls tls = Tls.standard();
    try (Listener web = Listener.playing(twice).tls(tls.alpn("http/1.1")).start()) {
      HttpClient client = HttpClient.newBuilder().sslContext(tls.trust().context()).build();
      URI url = URI.create("https://localhost:" + web.port() + "/");
      for (int i = 0; i < 2; i++) {
        HttpRequest request = HttpRequest.newBuilder(url).timeout(SOON).build();
        assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).body())
            .isEqualTo("hello");
      }
      assertThat(web).hasConnections(1);
      TlsSession session = web.recording().conversations().get(0).tlsSessions().get(0);
      assertThat(session.applicationProtocol()).isEqualTo("http/1.1");
      assertThat(session.serverName()).isEqualTo("localhost");
    }
  }

  @Test
  void curlStartsTlsMidConnection() throws IOException {
    Script mail =
        Script.parse(
            """
            S: 220 mail.example ESMTP
            C: EHLO ${host}
            S: 250-mail.example
            S: 250 STARTTLS
            C: STARTTLS
            S: 220 go ahead
            tls
            C: EHLO ${host}
            S: 250 mail.example
            C: MAIL FROM:<a@example.org>
            S: 250 OK
            C: RCPT TO:<b@example.org>
            S: 250 OK
            C: DATA
            S: 354 go ahead
            C: ...
            C: .
            S: 250 queued
            C: QUIT
            S: 221 bye
            S! close
            """);
    try (Listener smtp = Listener.playing(mail).start()) {
      String output =
          Program.run(
              "Hi Bob!\r\n",
              "curl",
              "-sSv",
              "--ssl-reqd",
              "--cacert",
              authority(),
              "smtp://127.0.0.1:" + smtp.port() + "/client.example",
              "--mail-from",
              "a@example.org",
              "--mail-rcpt",
              "b@example.org",
              "--upload-file",
              "-");
      assertThat(output).contains("250 queued");
      assertThat(smtp).within(SOON).finishedScript();
      assertThat(smtp).client().sentInOrder("STARTTLS", "Hi Bob!", "QUIT");
    }
  }

  @Test
  void curlStartsTlsRightAfterAProxyHeader() throws IOException {
    Script proxied =
        Script.parse(
            """
            C: PROXY TCP4 ${source} ${target} ${ports:[0-9 ]+}
            tls
            C: GET / HTTP/1.1
            C: ...
            C:
            S: HTTP/1.1 200 OK
            S: Content-Length: ${body-length}
            S:
            S| hello
            """);
    try (Listener web = Listener.playing(proxied).start()) {
      String url = "https://127.0.0.1:" + web.port() + "/";
      String output =
          Program.run("", "curl", "-sS", "--haproxy-protocol", "--cacert", authority(), url);
      assertThat(output).isEqualTo("hello");
      assertThat(web).within(SOON).finishedScript();
      assertThat(web).client().sentInOrder("PROXY TCP4 127.0.0.1 127.0.0.1 ", "GET / HTTP/1.1");
    }
  }

  @Test
  void aLineThatIsSentTooEarlyIsAnInjection() {
    Script mail = Script.parse("C: STARTTLS\nS: 220 go ahead\ntls\nC: NOOP\n");
    try (Listener smtp = Listener.playing(mail).start();
        Client client = Client.to(smtp.address()).start()) {
      client.send("STARTTLS\r\nNOOP\r\n");
      assertThat(smtp).within(SOON).endedBecause(EndReason.EXTRA_BYTES);
    }
  }

  @Test
  void opensslExchangesLines() throws IOException {
    Script chat = Script.parse("eol lf\nC: hello\nS: hello yourself\nC: bye\nS! close\n");
    try (Listener listener = Listener.playing(chat).tls(Tls.standard()).start()) {
      String output =
          Program.run(
              "hello\nbye\n",
              "openssl",
              "s_client",
              "-quiet",
              "-verify_return_error",
              "-CAfile",
              authority(),
              "-connect",
              "127.0.0.1:" + listener.port());
      assertThat(output).contains("hello yourself");
      assertThat(listener).within(SOON).finishedScript();
    }
  }

  @Test
  void bothOursAgreeOnEachVersion() {
    for (String version : new String[] {"TLSv1.2", "TLSv1.3"}) {
      ListenerSpec spec =
          Listener.handling(
                  connection -> {
                    connection.sendLine("who is it?");
                    connection.sendLine("hello " + connection.readLine());
                    connection.readToEnd();
                  })
              .tls(Tls.standard().protocols(version));
      try (Listener listener = spec.start();
          Client client = Client.to(listener.address()).tls(Tls.standard()).start()) {
        client.expectLine("who is it?");
        client.sendLine("me");
        client.expectLine("hello me");
        client.shutdownOutput();
        assertThat(client.readToEnd()).isEqualTo(Bytes.EMPTY);
        assertThat(client.conversation().tlsSessions().get(0).version()).isEqualTo(version);
      }
    }
  }

  @Test
  void manyBytesPassBothWays() {
    Bytes much = Bytes.of("0123456789abcdef".repeat(1 << 18).getBytes(UTF_8));
    ListenerSpec echo =
        Listener.handling(connection -> connection.send(connection.read(much.size())))
            .deadline(SOON)
            .tls(Tls.standard());
    try (Listener listener = echo.start();
        Client client = Client.to(listener.address()).deadline(SOON).tls(Tls.standard()).start()) {
      client.send(much);
      assertThat(client.read(much.size())).isEqualTo(much);
      assertThat(client.readToEnd()).isEqualTo(Bytes.EMPTY);
    }
  }

  @Test
  void ourListenerGreetsAndStartsTlsRightAfter() {
    String greeting = "C: hello\nC: and on we go\ntls\nC: under TLS\nS: fine\n";
    Script script = Script.parse(greeting);
    try (Listener listener = Listener.playing(script).start();
        Client client = Client.to(listener.address()).playing(script).start()) {
      assertThat(client).within(SOON).finishedScript();
      assertThat(listener).within(SOON).finishedScript();
    }
  }

  @Test
  void aClientWithoutTlsIsReported() {
    try (Listener web = Listener.playing(HELLO).tls(Tls.standard()).start()) {
      String output = Program.run("", "curl", "-sS", "http://127.0.0.1:" + web.port() + "/");
      assertThat(output).contains("curl: (");
      assertThat(web).within(SOON).endedBecause(EndReason.HANDSHAKE_FAILED);
      assertThat(web.runs().get(0).problem())
          .isEqualTo("what was received is not a TLS record: it starts with \"GET / HT\"");
    }
  }

  @Test
  void aClientThatTrustsNothingSendsAnAlert() {
    try (Listener web = Listener.playing(HELLO).tls(Tls.standard()).start()) {
      String url = "https://127.0.0.1:" + web.port() + "/";
      assertThat(Program.run("", "curl", "-sS", url)).contains("curl: (60)");
      assertThat(web).within(SOON).endedBecause(EndReason.HANDSHAKE_FAILED);
      assertThat(web.runs().get(0).problem()).contains("unknown_ca");
    }
  }

  @Test
  void aTapDecrypts() throws IOException {
    try (Listener web = Listener.playing(HELLO).tls(Tls.standard()).start();
        Tap tap = Tap.to(web.port()).decrypting().start()) {
      String url = "https://127.0.0.1:" + tap.port() + "/";
      assertThat(Program.run("", "curl", "-sS", "--cacert", authority(), url)).isEqualTo("hello");
      assertThat(tap).within(SOON).client().sentLine("GET / HTTP/1.1");
      assertThat(tap).within(SOON).server().sentLine("HTTP/1.1 200 OK");
      assertThat(tap.recording().conversations().get(0).tlsSessions()).hasSize(2);
      assertThat(web).within(SOON).finishedScript();
    }
  }

  @Test
  void aTapDoesNotSendAnInvalidServerName() {
    Script chat = Script.parse("eol lf\nC: hello\nS: hello yourself\nC: bye\nS! close\n");
    try (Listener listener = Listener.playing(chat).tls(Tls.standard()).start();
        Tap tap = Tap.to(listener.port()).decrypting().start()) {
      String output =
          Program.run(
              "hello\nbye\n",
              "openssl",
              "s_client",
              "-quiet",
              "-servername",
              "127.0.0.1",
              "-connect",
              "127.0.0.1:" + tap.port());
      assertThat(output).contains("hello yourself");
      assertThat(tap.recording().conversations().get(0).tlsSessions().get(0).serverName())
          .isEqualTo("127.0.0.1");
      assertThat(listener.recording().conversations().get(0).tlsSessions().get(0).serverName())
          .isEmpty();
    }
  }

  @Test
  void aTapSendsTheServerNameThatItWasGiven() throws IOException {
    Tls db = Tls.standard().certificate(CertificateSpec.standard().forHosts("db.example"));
    try (Listener web = Listener.playing(HELLO).tls(db).start();
        Tap tap =
            Tap.to(web.port())
                .clientTls(Tls.standard())
                .serverTls(Tls.standard().serverName("db.example"))
                .start()) {
      String url = "https://localhost:" + tap.port() + "/";
      assertThat(Program.run("", "curl", "-sS4", "--cacert", authority(), url)).isEqualTo("hello");
      assertThat(web.recording().conversations().get(0).tlsSessions().get(0).serverName())
          .isEqualTo("db.example");
    }
  }

  @Test
  void aDecryptingTapReportsAServerWithoutTls() {
    Script plain = Script.parse("S: 220 mail.example\nC: QUIT\n");
    try (Listener smtp = Listener.playing(plain).start();
        Tap tap = Tap.to(smtp.port()).decrypting().start();
        Client client = Client.to(tap.address()).start()) {
      assertThat(smtp).within(SOON).server().sentLine("220 mail.example");
      assertThat(tap).connection(1).server().sentNothing();

      assertThatThrownBy(
              () -> {
                client.startTls(Tls.standard());
                client.readAvailable();
              })
          .isInstanceOf(AssertionError.class);
      tap.recording().awaitClosed(SOON);
      assertThat(tap).connection(1).server().sentNothing();
      assertThat(tap.recording().conversations().get(0).ledger().toString())
          .contains("TLS with the server failed: what was received is not a TLS record");
    }
  }

  @Test
  void aTapReportsTheSideOfAnIncompleteHandshake() {
    Tap tap;
    try (Listener silent = Listener.silent().start();
        Tap opened = Tap.to(silent.port()).decrypting().start();
        Client client = Client.to(opened.address()).start()) {
      tap = opened;
      client.startTls(Tls.standard());
    }
    assertThat(Transcript.exact(tap.recording()))
        .contains("the server and the tap have not agreed on TLS");
  }

  @Test
  void aTapCanUseTlsWithOneSideOnly() throws IOException {
    try (Listener web = Listener.playing(HELLO).start();
        Tap tap = Tap.to(web.port()).clientTls(Tls.standard()).start();
        Tap back = Tap.to(tap.port()).serverTls(Tls.standard()).start()) {
      String plain = "http://127.0.0.1:" + back.port() + "/";
      assertThat(Program.run("", "curl", "-sS", plain)).isEqualTo("hello");
      String url = "https://127.0.0.1:" + tap.port() + "/";
      assertThat(Program.run("", "curl", "-sS", "--cacert", authority(), url)).isEqualTo("hello");
    }
  }

  @Test
  void aServerThatATapDoesNotTrustIsAReset() {
    Tls expired = Tls.standard().certificate(CertificateSpec.standard().expired());
    try (Listener web = Listener.playing(HELLO).tls(expired).start();
        Tap tap = Tap.to(web.port()).serverTls(Tls.standard()).start();
        Client client = Client.to(tap.address()).start()) {
      assertThatThrownBy(client::readAvailable).isInstanceOf(AssertionError.class);
      assertThat(tap).within(SOON).connection(1).wasResetBy(Side.SERVER);
      assertThat(tap.recording().conversations().get(0).ledger().get(0).cause())
          .contains("TLS with the server failed");
    }
  }
}
