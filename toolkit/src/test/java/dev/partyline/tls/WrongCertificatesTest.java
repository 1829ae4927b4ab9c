package dev.partyline.tls;

import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.loopback.Client;
import dev.partyline.loopback.Listener;
import dev.partyline.loopback.ListenerSpec;
import dev.partyline.peers.Program;
import dev.partyline.script.Script;
import dev.partyline.script.player.EndReason;
import dev.partyline.script.player.ScriptRun;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A script is finished by a client that refuses a wrong certificate, and fails if one accepts. */
class WrongCertificatesTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final CertificateSpec STANDARD = CertificateSpec.standard();
  private static final Script PAGE =
      Script.parse(
          """
          C: GET / HTTP/${version}
          C: ...
          C:
          S: HTTP/1.1 200 OK
          S: Content-Length: 0
          S: Connection: close
          S:
          """);

  @TempDir private Path folder;

  static Stream<Arguments> wrongCertificates() {
    List<CertificateSpec> specs =
        List.of(
            STANDARD.forHosts("other.example"),
            STANDARD.forHosts("*.example", "127.0.0.9"),
            STANDARD.expired(),
            STANDARD.notYetValid(),
            STANDARD.selfSigned(),
            STANDARD.withoutIntermediate(),
            STANDARD.forClient("alice"));
    return specs.stream()
        .flatMap(
            spec -> Stream.of("TLSv1.2", "TLSv1.3").map(version -> Arguments.of(spec, version)));
  }

  private static Listener playing(Script script, CertificateSpec spec, String version) {
    Tls tls = Tls.standard().certificate(spec).protocols(version);
    return Listener.playing(script).deadline(SOON).tls(tls).start();
  }

  @ParameterizedTest
  @MethodSource("wrongCertificates")
  void every_client_that_refuses_has_finished_the_script(CertificateSpec spec, String version)
      throws InterruptedException {
    for (HttpsPeer peer : HttpsPeer.values()) {
      try (Listener web = playing(PAGE, spec, version)) {
        URI uri = URI.create("https://localhost:" + web.port() + "/");
        String answer = peer.ask(uri, Tls.standard().trust(), folder);
        assertThat(web).as("%s: %s", peer, answer).within(SOON).finishedScript();
        ScriptRun run = web.runs().get(0);
        assertThat(run.endReason()).as("%s", peer).contains(EndReason.HANDSHAKE_FAILED);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("wrongCertificates")
  void a_client_that_accepts_and_sends_a_byte_fails_the_script(
      CertificateSpec spec, String version) {
    try (Listener web = playing(PAGE, spec, version)) {
      String server = "localhost:" + web.port();
      String unused =
          Program.run("GET / HTTP/1.0\r\n\r\n", "openssl", "s_client", "-connect", server);
      assertThat(web).within(SOON).endedBecause(EndReason.HANDSHAKE_FAILED);
      assertThat(web.runs().get(0).failed()).isTrue();
      assertThat(web.runs().get(0).problem())
          .startsWith("the client accepted a certificate " + spec);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void a_client_that_hangs_up_on_the_right_certificate_has_not_refused_it(String version) {
    CertificateSpec right = STANDARD.forHosts("db.example");
    try (Listener web = playing(PAGE, right, version)) {
      String server = "127.0.0.1:" + web.port();
      String unused =
          Program.run("", "openssl", "s_client", "-servername", "db.example", "-connect", server);
      assertThat(web).within(SOON).endedBecause(EndReason.PEER_FIN);
      assertThat(web.runs().get(0).failed()).isTrue();
    }
  }

  /** It sends no name that has no dot, so that the certificate may be the right one. */
  @Test
  void a_client_may_know_the_server_by_a_name_that_it_does_not_send() throws IOException {
    Script hello = Script.parse("C: hello\nS: hi\n");
    try (Listener listener = playing(hello, STANDARD.forHosts("localhost"), "TLSv1.3");
        Socket client =
            Tls.standard()
                .trust()
                .context()
                .getSocketFactory()
                .createSocket("localhost", listener.port())) {
      client.getOutputStream().write("hello\r\n".getBytes(UTF_8));
      assertThat(listener).within(SOON).finishedScript();
      assertThat(listener.runs().get(0).endReason()).contains(EndReason.FINISHED);
    }
  }

  @Test
  void a_script_that_needs_nothing_of_the_client_is_finished_as_always() throws Exception {
    Script greeting = Script.parse("S: 220 mail.example\nS! close\n");
    try (Listener mail = playing(greeting, STANDARD.forHosts("other.example"), "TLSv1.3")) {
      String answer =
          Program.run("", "openssl", "s_client", "-quiet", "-connect", "localhost:" + mail.port());
      assertThat(answer).contains("220 mail.example");
      assertThat(mail).within(SOON).endedBecause(EndReason.FINISHED);
    }
  }

  /** The server has not asked for it, so that it can neither accept nor refuse it. */
  @Test
  void the_certificate_of_a_client_that_no_server_asks_for_does_not_matter() {
    Tls late = Tls.standard().certificate(STANDARD.forClient("alice").expired());
    Script hello = Script.parse("C: hello\nS: hi\n");
    try (Listener listener = playing(hello, STANDARD, "TLSv1.3");
        Client client = Client.to(listener.address()).playing(hello).tls(late).start()) {
      assertThat(client).within(SOON).finishedScript();
    }
    Script bye = Script.parse("C: hello\nS! close\n");
    try (Listener listener = playing(bye, STANDARD, "TLSv1.3");
        Client client = Client.to(listener.address()).playing(hello).tls(late).start()) {
      assertThat(client).within(SOON).endedBecause(EndReason.PEER_FIN);
    }
  }

  /** A listener without a script is for clients that may accept what is wrong. */
  @Test
  void a_handler_may_serve_a_client_that_does_not_verify() {
    ListenerSpec echo =
        Listener.handling(connection -> connection.sendLine("hello " + connection.readLine()))
            .tls(Tls.standard().certificate(STANDARD.expired()));
    try (Listener listener = echo.start()) {
      String server = "localhost:" + listener.port();
      assertThat(Program.run("me\r\n", "openssl", "s_client", "-ign_eof", "-connect", server))
          .contains("hello me");
    }
  }
}
